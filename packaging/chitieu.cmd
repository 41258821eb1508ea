@echo off
rem Runs chitieu with the Node that lies beside it.
"%~dp0node.exe" "%~dp0bin\chitieu.mjs" %*
exit /b %ERRORLEVEL%

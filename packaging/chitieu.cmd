@echo off
rem Runs chitieu with the Node that lies beside it. Without a command, as on a double click, it opens the
rem desk in a browser, of the folder so-lieu beside the program's own, which outlives the program.
if "%~1"=="" goto desk
"%~dp0node.exe" "%~dp0bin\chitieu.mjs" %*
exit /b %ERRORLEVEL%

:desk
title chitieu
chcp 65001 >nul
rem a folder of the network gets a letter
pushd "%~dp0.." || goto end
if not exist so-lieu\sources mkdir so-lieu\sources
cd so-lieu || goto end
"%~dp0node.exe" "%~dp0bin\chitieu.mjs" desk --browser
:end
pause

import { makeDemonstration } from "/work/w/document/pipelines/cli/make-demonstration.ts";
import { warehousePaths } from "/work/w/document/pipelines/warehouse/paths.ts";
const context:any = { step: ()=>{},  progress: (t:string)=>console.error(t), out:console.log, print: console.log };
await makeDemonstration({ sources: "/work/w/document/sources", paths: warehousePaths(process.argv[2]!) }, context);

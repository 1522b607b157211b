using KernelSim.Tool.CommandLine;

return KernelSimTool.Run(args, ToolConsole.ForProcess());

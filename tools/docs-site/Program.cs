using KernelSim.DocsSite;

return SiteCommand.Run(args, Console.Out, Console.Error);

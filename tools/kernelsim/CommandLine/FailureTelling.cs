namespace KernelSim.Tool.CommandLine;

/// <summary>How a verb ends that failed.</summary>
internal static class FailureTelling
{
    /// <summary>Writes a failure: the message to stderr, and under <c>-j</c> also as an object to stdout, where bpftool puts it.</summary>
    public static int Tell(this Failure failure, ToolConsole console, OutputFormat format)
    {
        if (format != OutputFormat.Text)
        {
            console.Out.WriteLine(failure.ToJson(format));
            console.Out.Flush();
        }

        console.Note(failure.Message);
        return failure.IsWrongUsage ? ExitCode.WrongUsage : ExitCode.Failed;
    }
}

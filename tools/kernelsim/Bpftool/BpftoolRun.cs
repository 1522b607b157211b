using KernelSim.Tool.Bpftool.Arguments;
using KernelSim.Tool.Bpftool.Hosting;
using KernelSim.Tool.Bpftool.Kernel;

namespace KernelSim.Tool.Bpftool;

/// <summary>One command line of bpftool's.</summary>
/// <param name="host">The host of whoever gave it.</param>
/// <param name="kernel">The process on the machine, started when a command first needs it.</param>
internal sealed class BpftoolRun(IBpftoolHost host, Func<BpftoolKernel> kernel)
{
    /// <summary>Whether a command line can do without a machine: it asks for help or the version.</summary>
    public static bool NeedsNoMachine(IReadOnlyList<string> arguments)
    {
        OptionLine line = OptionLine.Read(arguments);
        return line.Options is { WantsHelp: true } or { WantsVersion: true } or { Unrecognized: not null } || line.Words is [_, "help", ..];
    }

    /// <summary>Runs a command line.</summary>
    /// <param name="arguments">The words after the tool's name.</param>
    /// <returns>The exit code, 0 to 255.</returns>
    public int Execute(IReadOnlyList<string> arguments)
    {
        OptionLine line = OptionLine.Read(arguments);
        BpftoolContext context = new(line.Options, host, kernel);
        BpftoolOutput output = context.Output;
        int result;
        if (line.Options.WantsHelp)
        {
            return UsageText.Print(output, UsageText.OfTool);
        }

        if (line.Options.Unrecognized is { } word)
        {
            result = output.Fail($"unrecognized option '{word}'");
            _ = output.Json is null ? UsageText.Print(output, UsageText.OfTool) : 0;
        }
        else if (line.Options.WantsVersion)
        {
            return VersionText.Print(output);
        }
        else
        {
            result = Dispatch(context, line.Words);
        }

        output.Json?.End();
        return result & byte.MaxValue;
    }

    private static int Dispatch(BpftoolContext context, IReadOnlyList<string> words)
    {
        try
        {
            return NounTable.Run(context, new WordReader(words, context.Output));
        }
        catch (BpftoolExit exit)
        {
            _ = exit.HasHelped ? 0 : UsageText.Print(context.Output, UsageText.OfTool);
            return BpftoolOutput.Failed;
        }
    }
}

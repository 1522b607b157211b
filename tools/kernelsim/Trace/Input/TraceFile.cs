using System.CommandLine;
using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Trace;

/// <summary>The argument of a verb that names the trace to read.</summary>
internal sealed class TraceFile
{
    /// <summary>What a verb expects where the argument stands.</summary>
    public const string Expectation = "a trace (.nettrace, on Windows also .etl)";

    private readonly Argument<string> _file = new("FILE")
    {
        Description = "The trace: .nettrace, on Windows also .etl; a pipe, or - for standard input.",
        HelpName = "FILE",
        CompletionSources = { Offers.Files },
    };

    /// <summary>Adds the argument to a verb.</summary>
    public void AddTo(Command command)
    {
        ArgumentRules.RefuseOptions(_file, given => given == "-");
        command.Arguments.Add(_file);
    }

    /// <summary>Path of the file.</summary>
    public string Read(ParseResult parsed) => parsed.GetRequiredValue(_file);
}

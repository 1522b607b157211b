using System.CommandLine;
using System.CommandLine.Invocation;

namespace KernelSim.Tool.CommandLine;

/// <summary>
/// <c>--version</c>: which tool this is, and on what it runs, whatever the host process. The first line is the name and the version, for scripts.
/// </summary>
internal sealed class ShowVersion : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        OutputFormat format = OutputOptions.Guess(parseResult.Tokens.Select(t => t.Value));
        ToolVersion version = ToolVersion.OfThis();
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine(format == OutputFormat.Text ? string.Join('\n', version.Lines) : JsonText.Of(format, version.Write));
        return ExitCode.Done;
    }
}

using System.CommandLine;
using System.CommandLine.Invocation;
using System.Reflection;

namespace KernelSim.Tool.CommandLine;

/// <summary><c>--version</c>: prints the tool's version, whatever the host process.</summary>
internal sealed class ShowVersion : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override bool ClearsParseErrors => true;

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        string? version = typeof(ShowVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        parseResult.InvocationConfiguration.Output.WriteLine("kernelsim " + version?.Split('+')[0]);
        return ExitCode.Done;
    }
}

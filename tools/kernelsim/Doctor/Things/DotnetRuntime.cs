using KernelSim.Tool.CommandLine;

namespace KernelSim.Tool.Doctor.Things;

/// <summary>The runtime that the tool runs on.</summary>
internal sealed class DotnetRuntime : IHostThing
{
    /// <inheritdoc/>
    public string Id => "dotnet-runtime";

    /// <inheritdoc/>
    public string Name => ".NET runtime";

    /// <inheritdoc/>
    public bool IsNeeded => true;

    /// <inheritdoc/>
    public Finding Look(HostView host) =>
        Finding.Ok($"{ToolVersion.Runtime}, {ToolVersion.Architecture}, on {ToolVersion.System}", "The tool runs on it.");
}

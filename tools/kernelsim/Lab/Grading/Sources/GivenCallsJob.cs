using KernelSim.Tool.Lab.Grading.Hosting;

namespace KernelSim.Tool.Lab.Grading.Sources;

/// <summary>Calls a method of a library that has sources of the lab's only: it needs no process of its own.</summary>
internal sealed class GivenCallsJob : HostJob<CallsInput, MethodValues>
{
    /// <inheritdoc/>
    public override string Name => "given-calls";

    /// <inheritdoc/>
    protected override MethodValues Run(CallsInput input) => CallsJob.Execute(input);
}

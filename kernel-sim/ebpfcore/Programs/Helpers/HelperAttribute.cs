using KernelSim.Protocol;

namespace KernelSim.EbpfCore.Programs;

/// <summary>
/// The helper that a member of <see cref="EbpfProgramContext"/> calls: a module's compiler lists the helpers of a program by the members
/// that its code uses.
/// </summary>
/// <param name="id">Id of the helper.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class HelperAttribute(BpfFuncId id) : Attribute
{
    /// <summary>Id of the helper.</summary>
    public BpfFuncId Id { get; } = id;
}

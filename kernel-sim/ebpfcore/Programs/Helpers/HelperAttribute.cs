namespace KernelSim.EbpfCore.Programs;

/// <summary>
/// The helper that a member of <see cref="EbpfProgramContext"/> calls: a module's compiler lists the helpers of a program by the members
/// that its code uses.
/// </summary>
/// <param name="id">Id of the helper.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class HelperAttribute(uint id) : Attribute
{
    /// <summary>Id of the helper.</summary>
    public uint Id { get; } = id;
}

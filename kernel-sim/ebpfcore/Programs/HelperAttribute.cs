namespace KernelSim.EbpfCore.Programs;

/// <summary>
/// Says which helper a member of <see cref="EbpfProgramContext"/> is: a module's compiler lists the helpers of a program by the members
/// that its code names.
/// </summary>
/// <param name="id">The helper's number.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class HelperAttribute(uint id) : Attribute
{
    /// <summary>The helper's number.</summary>
    public uint Id { get; } = id;
}

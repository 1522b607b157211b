namespace KernelSim.Nt.Mm;

/// <summary>Whose code was the first to allocate under a tag.</summary>
/// <param name="tag">The tag.</param>
/// <param name="assembly">The simple name of the code's assembly.</param>
internal sealed class PoolTagOwner(PoolTag tag, string assembly)
{
    public readonly uint Tag = tag.Value;
    public readonly string Assembly = assembly;
}

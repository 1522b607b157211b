namespace KernelSim.Nt.Mm;

/// <summary>Whose code was the first to allocate under a tag.</summary>
/// <param name="tag">The pool tag, as <c>ExAllocatePool2</c> takes it.</param>
/// <param name="assembly">The simple name of the code's assembly.</param>
internal sealed class PoolTagOwner(PoolTag tag, string assembly)
{
    public readonly uint Tag = tag.Value;
    public readonly string Assembly = assembly;
}

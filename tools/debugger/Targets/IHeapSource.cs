namespace KernelSim.Debugger.Targets;

/// <summary>Optional: a target that can walk its managed heap.</summary>
internal interface IHeapSource
{
    /// <summary>The types that have objects on the heap, those with the fewest bytes first.</summary>
    IReadOnlyList<HeapUsage> ReadUsage();

    /// <summary>A chain of references that keeps an object alive, from its root on; empty if nothing does.</summary>
    /// <param name="address">The object's address.</param>
    IReadOnlyList<HeapLink> FindRoot(ulong address);
}

/// <summary>The objects of one type.</summary>
/// <param name="Type">The type's name.</param>
/// <param name="Count">Number of objects.</param>
/// <param name="Bytes">Their sizes together.</param>
internal readonly record struct HeapUsage(string Type, long Count, long Bytes);

/// <summary>A step of the chain that keeps an object alive.</summary>
/// <param name="Address">Address of the root or of the object.</param>
/// <param name="Type">The kind of root, or the object's type.</param>
internal readonly record struct HeapLink(ulong Address, string Type);

namespace KernelSim.EbpfCore.Hash;

/// <summary>
/// How keys of one shape are hashed, compared and copied. A table is compiled for each shape, so that none of it costs a call.
/// </summary>
internal unsafe interface IKeyShape
{
    /// <summary>True when keys are compared in one instruction.</summary>
    static abstract bool IsWord { get; }

    /// <summary>True when equal keys have identical bytes.</summary>
    static abstract bool IsExact { get; }

    /// <summary>The key size in bytes, given a table's: a constant for the shapes that have one.</summary>
    static abstract nuint SizeOf(nuint size);

    /// <summary>A hash of which every bit depends on the key.</summary>
    static abstract uint Hash(byte* key, nuint size, uint seed);

    /// <summary>Compares the significant parts of two keys.</summary>
    static abstract bool AreEqual(byte* x, byte* y, nuint size);

    /// <summary>A strict total order of keys, by what counts of them: the order of entries in a bucket.</summary>
    static abstract bool IsBefore(byte* x, byte* y, nuint size);

    /// <summary>Copies a key.</summary>
    static abstract void Copy(byte* destination, byte* source, nuint size);
}

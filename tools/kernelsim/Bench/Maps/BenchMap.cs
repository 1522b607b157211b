using System.Runtime.InteropServices;

namespace KernelSim.Tool.Bench.Maps;

/// <summary>
/// A map of one contender, with the operations that are measured. Each operation checks that it did all its work: a contender that fails
/// early must not look fast.
/// </summary>
/// <param name="data">What it is filled with.</param>
internal abstract class BenchMap(ElementData data) : IDisposable
{
    /// <summary>Number of elements that it is filled with.</summary>
    public int Count => data.Keys.Length;

    /// <summary>Bytes that the map takes; null if unknown.</summary>
    public abstract long? Bytes { get; }

    /// <summary>Keys, values and room.</summary>
    protected ElementData Data => data;

    /// <summary>The bytes of a range of the keys.</summary>
    public ReadOnlySpan<byte> KeysOf(int first, int count) => MemoryMarshal.AsBytes(data.Keys.AsSpan(first, count));

    /// <summary>Stores all elements, in batches.</summary>
    public void Update() => Update(0, Count);

    /// <summary>Stores a range of the elements, in batches.</summary>
    public abstract void Update(int first, int count);

    /// <summary>Reads all elements, in batches.</summary>
    public abstract void Lookup();

    /// <summary>Deletes all elements, in batches.</summary>
    public abstract void Delete();

    /// <summary>Reads and deletes all elements, in batches.</summary>
    public abstract void LookupAndDelete();

    /// <summary>Reads a range of the elements, a call for each.</summary>
    public abstract void LookupEach(int first, int count);

    /// <summary>Replaces a range of the elements, a call for each.</summary>
    public abstract void UpdateEach(int first, int count);

    /// <summary>Gives up the map for a new one without elements.</summary>
    public abstract void Renew();

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Throws unless all elements were treated.</summary>
    protected static void Expect(int expected, int done, string what)
    {
        if (done != expected)
        {
            throw new InvalidOperationException($"{what}: {done} elements done, expected {expected}");
        }
    }
}

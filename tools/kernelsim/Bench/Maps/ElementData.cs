namespace KernelSim.Tool.Bench.Maps;

/// <summary>
/// Keys, values, and room to read them into. Keys are shuffled, since keys that ascend flatter every hash table. Contenders with the same
/// number of values share it: they run one after the other.
/// </summary>
internal sealed class ElementData
{
    /// <summary>Makes the elements of a workload.</summary>
    /// <param name="workload">How many, and of what size.</param>
    /// <param name="slots">Values for each key.</param>
    public ElementData(Workload workload, int slots)
    {
        Slots = slots;
        ValueWords = workload.ValueBytes / sizeof(ulong);
        Keys = new uint[workload.Elements];
        for (int i = 0; i < Keys.Length; i++)
        {
            Keys[i] = (uint)i;
        }

        new Random((int)(workload.Machine.Seed & int.MaxValue)).Shuffle(Keys);
        Values = new ulong[(long)Keys.Length * ElementWords];
        for (int i = 0; i < Values.Length; i++)
        {
            Values[i] = Keys[i / ElementWords] * 2UL;
        }

        KeyRoom = new uint[Keys.Length];
        ValueRoom = new ulong[Values.Length];
    }

    /// <summary>The keys, each once.</summary>
    public uint[] Keys { get; }

    /// <summary>The values of all keys, element-major: <see cref="ElementWords"/> for each key.</summary>
    public ulong[] Values { get; }

    /// <summary>Room for all keys.</summary>
    public uint[] KeyRoom { get; }

    /// <summary>Room for all values.</summary>
    public ulong[] ValueRoom { get; }

    /// <summary>Values for each key.</summary>
    public int Slots { get; }

    /// <summary>Words of 8 bytes in a value.</summary>
    public int ValueWords { get; }

    /// <summary>Words in all values of a key.</summary>
    public int ElementWords => Slots * ValueWords;

    /// <summary>Bytes of a key and its values.</summary>
    public int PayloadBytes => sizeof(uint) + (ElementWords * sizeof(ulong));

    /// <summary>The values of an element.</summary>
    public Span<ulong> ValuesOf(int element) => Values.AsSpan(element * ElementWords, ElementWords);

    /// <summary>Copies an element that was read to its place in the room.</summary>
    public void Store(int element, uint key, ulong[] values)
    {
        KeyRoom[element] = key;
        values.CopyTo(ValueRoom.AsSpan(element * ElementWords));
    }
}

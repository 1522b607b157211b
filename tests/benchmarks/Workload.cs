namespace KernelSim.Benchmarks;

/// <summary>
/// The workload that every benchmark shares: 65,536 elements, u32 keys, u64 values, 2 CPUs. Keys are shuffled with a fixed seed, since
/// keys that ascend flatter every hash table.
/// </summary>
internal static class Workload
{
    public const int Elements = 65_536;
    public const int Cpus = 2;

    public static uint[] ShuffledKeys()
    {
        var keys = new uint[Elements];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = (uint)i;
        }

        new Random(20240521).Shuffle(keys);
        return keys;
    }

    /// <summary>One value per element and CPU, element-major: <c>values[element * cpus + cpu]</c>.</summary>
    public static ulong[] Values(uint[] keys, int cpus)
    {
        var values = new ulong[keys.Length * cpus];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = keys[i / cpus] * 2UL;
        }

        return values;
    }
}

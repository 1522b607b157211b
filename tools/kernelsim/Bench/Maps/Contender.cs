namespace KernelSim.Tool.Bench.Maps;

/// <summary>Who does the work of a benchmark.</summary>
internal enum Contender
{
    /// <summary>The simulated machine: typed call, request, gate, driver, map, reply.</summary>
    KernelSim,

    /// <summary>The host kernel's own bpf(2).</summary>
    Host,

    /// <summary>A <see cref="Dictionary{TKey, TValue}"/> of arrays: no kernel, no second thread.</summary>
    Dictionary,

    /// <summary>A <see cref="System.Collections.Concurrent.ConcurrentDictionary{TKey, TValue}"/> of arrays.</summary>
    ConcurrentDictionary,

    /// <summary>The copies alone, from and to places in memory that are as far apart as a hash map's.</summary>
    PlainCopy,
}

namespace KernelSim.Tool.Bench.Maps;

/// <summary>Makes the maps of one workload, and says which would not fit the host's memory.</summary>
/// <param name="workload">What to fill them with.</param>
internal sealed class MapMaker(Workload workload)
{
    private const string Name = "bench";

    private readonly Dictionary<int, ElementData> _data = [];

    /// <summary>What the maps are filled with.</summary>
    public Workload Workload => workload;

    /// <summary>Why a contender's map cannot be made; null if it can.</summary>
    public string? WhyNot(Contender contender)
    {
        int slots = workload.SlotsOf(contender);
        long values = (long)slots * workload.ValueBytes;
        long data = _data.ContainsKey(slots) ? 0 : 2 * (values + sizeof(uint));
        long map = values + contender switch
        {
            Contender.KernelSim => 80,
            Contender.Host => 160 + (16L * slots),
            Contender.Dictionary => 64,
            Contender.ConcurrentDictionary => 96,
            _ => 40,
        };
        if (values * workload.Elements > int.MaxValue)
        {
            return $"{workload.Elements} elements of {values} bytes are more than the {int.MaxValue} bytes of one call";
        }

        long needed = (data + map) * workload.Elements;
        long free = HostMemory.Free;
        return needed <= free
            ? null
            : $"{workload.Elements} elements need about {HostMemory.Text(needed)} of memory, {HostMemory.Text(free)} are free";
    }

    /// <summary>A map with all elements.</summary>
    public BenchMap Fill(Contender contender)
    {
        BenchMap map = Make(contender);
        map.Update();
        return map;
    }

    /// <summary>A map without elements.</summary>
    public BenchMap Make(Contender contender)
    {
        ElementData data = DataOf(contender);
        return contender switch
        {
            Contender.KernelSim => MakeSim(data, SimProcess.Boot(workload.Machine)),
            Contender.Host => new HostMap(workload, data),
            Contender.Dictionary => new DictionaryMap(data),
            Contender.ConcurrentDictionary => new ConcurrentMap(data),
            _ => new PlainMap(workload, data),
        };
    }

    /// <summary>Another map on the same machine, in the same process.</summary>
    public BenchMap FillBeside(SimProcess process)
    {
        BenchMap map = MakePerCpu(DataOf(Contender.KernelSim), process, ownsProcess: false);
        map.Update();
        return map;
    }

    /// <summary>The machine's first map as another process has it.</summary>
    public BenchMap OpenIn(SimProcess process, uint id) =>
        new SimPerCpuMap(DataOf(Contender.KernelSim), process, ownsProcess: true, s => s.OpenPerCpuHashMap<uint, ulong>(id));

    private BenchMap MakeSim(ElementData data, SimProcess process)
    {
        uint count = (uint)workload.Elements;
        return (workload.Kind, workload.ValueBytes) switch
        {
            (BenchMapKind.PerCpuHash, 8) => MakePerCpu(data, process, ownsProcess: true),
            (BenchMapKind.LruHash, 8) => new SimValueMap<ulong>(data, process, s => s.CreateLruHashMap<uint, ulong>(Name, count)),
            (BenchMapKind.Hash, 8) => Hash<ulong>(data, process),
            (BenchMapKind.Hash, 64) => Hash<ValueSizes.Words8>(data, process),
            (BenchMapKind.Hash, 256) => Hash<ValueSizes.Words32>(data, process),
            (BenchMapKind.Hash, 1024) => Hash<ValueSizes.Words128>(data, process),
            (BenchMapKind.Hash, 4096) => Hash<ValueSizes.Words512>(data, process),
            _ => throw new NotSupportedException($"no {workload.Kind} of {workload.ValueBytes} bytes is measured"),
        };
    }

    private SimPerCpuMap MakePerCpu(ElementData data, SimProcess process, bool ownsProcess) =>
        new(data, process, ownsProcess, s => s.CreatePerCpuHashMap<uint, ulong>(Name, (uint)workload.Elements));

    private SimValueMap<TValue> Hash<TValue>(ElementData data, SimProcess process)
        where TValue : unmanaged => new(data, process, s => s.CreateHashMap<uint, TValue>(Name, (uint)workload.Elements));

    private ElementData DataOf(Contender contender)
    {
        int slots = workload.SlotsOf(contender);
        if (!_data.TryGetValue(slots, out ElementData? data))
        {
            data = new ElementData(workload, slots);
            _data.Add(slots, data);
        }

        return data;
    }
}

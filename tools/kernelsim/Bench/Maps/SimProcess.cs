using KernelSim.EbpfCore.Maps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode;

namespace KernelSim.Tool.Bench.Maps;

/// <summary>A process on a machine that is measured. The first process of a machine owns it.</summary>
internal sealed class SimProcess : IDisposable
{
    /// <summary>A map of ten million elements with values for 64 CPUs fits.</summary>
    private const long PoolLimit = 64L << 30;

    private const string Site = "bench:buffer";

    private readonly bool _ownsMachine;

    private SimProcess(LabMachine lab, MachineSettings settings, bool ownsMachine)
    {
        Lab = lab;
        Settings = settings;
        _ownsMachine = ownsMachine;
        Gate = lab.Start(settings.ForProcess("bench.exe")).Gate;
        Session = new BpfSession(Gate);
    }

    /// <summary>The machine that it runs on.</summary>
    public LabMachine Lab { get; }

    /// <summary>How it was booted.</summary>
    public MachineSettings Settings { get; }

    /// <summary>The process's gate.</summary>
    public ISystemGate Gate { get; }

    /// <summary>The typed API in the process.</summary>
    public BpfSession Session { get; }

    /// <summary>Bytes of pool in use on the machine.</summary>
    public long PoolBytes => Lab.Machine.Pool.BytesInUse;

    /// <summary>Boots a machine and starts a process on it.</summary>
    /// <param name="settings">How to boot the machine; its pool is large enough for any map.</param>
    /// <param name="extensions">Whether to load the extension drivers and install the sample modules too.</param>
    public static SimProcess Boot(MachineSettings settings, bool extensions = false) =>
        new(LabMachine.Boot(settings with { PoolLimit = PoolLimit }, extensions: extensions), settings, ownsMachine: true);

    /// <summary>Starts another process on the same machine.</summary>
    public SimProcess StartAnother() => new(Lab, Settings, ownsMachine: false);

    /// <summary>Puts bytes into the process's memory, for as long as it lives.</summary>
    /// <returns>Their address.</returns>
    public ulong Put(ReadOnlySpan<byte> bytes)
    {
        ulong address = Gate.Memory.Allocate((uint)bytes.Length);
        bytes.CopyTo(Gate.Memory.Access(address, (uint)bytes.Length, MemoryAccess.Write, Site));
        return address;
    }

    /// <summary>Id of the machine's oldest map.</summary>
    public uint FirstMapId()
    {
        ulong id = Put(new byte[sizeof(uint)]);
        Expect(Session.Library.bpf_map_get_next_id(0, id), "bpf_map_get_next_id");
        return BitConverter.ToUInt32(Gate.Memory.Access(id, sizeof(uint), MemoryAccess.Read, Site));
    }

    /// <summary>Creates the machine's first map, for programs that run without a module.</summary>
    /// <param name="type">Type of the map.</param>
    /// <param name="keySize">Bytes of a key.</param>
    /// <param name="valueSize">Bytes of a value.</param>
    /// <param name="entries">Number of entries, or bytes of a ring.</param>
    /// <param name="owner">Takes the reference to the map, which must be dropped before the machine shuts down.</param>
    /// <param name="descriptor">Its descriptor in the process.</param>
    /// <returns>The driver's map.</returns>
    public EbpfMap CreateMap(BpfMapType type, uint keySize, uint valueSize, uint entries, Action<IDisposable> owner, out int descriptor)
    {
        descriptor = Session.Library.bpf_map_create(type, "bench", keySize, valueSize, entries);
        Expect(Math.Min(descriptor, 0), "bpf_map_create");
        Expect((int)Lab.Driver.ReferenceMap(FirstMapId(), out EbpfMap? map), "the driver's map");
        owner(new MapReference(map!));
        return map!;
    }

    /// <summary>Lets the machine free what waits for epochs to end.</summary>
    public void Settle() => Session.Synchronize();

    /// <inheritdoc/>
    public void Dispose()
    {
        Session.Dispose();
        if (_ownsMachine)
        {
            Lab.Dispose();
        }
    }

    private static void Expect(int result, string what)
    {
        if (result != 0)
        {
            throw new InvalidOperationException($"{what} gave {result}");
        }
    }

    private sealed class MapReference(EbpfMap map) : IDisposable
    {
        public void Dispose() => map.Dereference();
    }
}

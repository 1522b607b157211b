using System.Runtime.InteropServices;
using System.Text;
using KernelSim.Nt;
using KernelSim.Nt.Ps;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Tool.Tour.Facts;
using KernelSim.UserMode;

namespace KernelSim.Tool.Tour.Acting;

/// <summary>
/// The application of the tour: a simulated process with the library loaded and the map created. Its buffers are in its own heap, in the
/// order in which such a program would allocate them: small ones, keys, values, and then its settings, which are not passed to any call.
/// </summary>
internal sealed class CounterApplication : IDisposable
{
    private const string ImageName = "counters.exe";
    private const string Settings = "log=/var/log/counters.log; interval=10s; user=ops; color=yes";

    private readonly PsProcess _process;
    private readonly Libbpf _libbpf;
    private readonly int _valueBytes;

    private CounterApplication(PsProcess process, Libbpf libbpf, int map, uint mapId, int valueBytes)
    {
        _process = process;
        _libbpf = libbpf;
        Map = map;
        MapId = mapId;
        _valueBytes = valueBytes;
    }

    /// <summary>Descriptor of its map.</summary>
    public int Map { get; }

    /// <summary>Id of the map, by which the program finds it.</summary>
    public uint MapId { get; }

    /// <summary>False once it has crashed.</summary>
    public bool IsAlive => !_process.HasExited;

    /// <summary>Starts the application, which creates its map.</summary>
    /// <param name="machine">The machine to run on.</param>
    /// <param name="program">The program that counts, and its map.</param>
    /// <param name="library">The library that it loads.</param>
    /// <param name="heap">The mode of its heap.</param>
    /// <param name="valueBytes">The size in bytes that it assumes for a value.</param>
    public static CounterApplication Start(Machine machine, IPacketProgram program, LibraryVersion library, HeapMode heap, int valueBytes)
    {
        PsProcess process = machine.Processes.Create(new ProcessOptions { Name = ImageName, Heap = heap });
        Libbpf libbpf = new(process.Gate, library);
        int map = program.Install(process, libbpf);
        ulong id = process.Memory.Allocate(sizeof(uint));
        Stage.Expect(libbpf.bpf_map_get_next_id(0, id));
        uint mapId = MemoryMarshal.Read<uint>(process.Memory.Access(id, sizeof(uint), MemoryAccess.Read, ImageName));
        return new CounterApplication(process, libbpf, map, mapId, valueBytes);
    }

    /// <summary>Calls <c>bpf_map_update_batch</c> with counters that were saved before.</summary>
    public PlayedCall Update(IReadOnlyList<FlowFacts> saved)
    {
        uint[] keys = [.. saved.Select(f => f.Port)];
        byte[] values = new byte[saved.Count * _valueBytes];
        for (int i = 0; i < saved.Count; i++)
        {
            Encode(saved[i], values.AsSpan(i * _valueBytes, _valueBytes));
        }

        return Call("bpf_map_update_batch", saved, MemoryMarshal.AsBytes<uint>(keys), values);
    }

    /// <summary>Calls <c>bpf_map_lookup_batch</c> for all elements that should exist.</summary>
    public PlayedCall Lookup(IReadOnlyList<FlowFacts> meant) =>
        Call("bpf_map_lookup_batch", meant, new byte[meant.Count * sizeof(uint)], new byte[meant.Count * _valueBytes]);

    /// <summary>Ends the process, if it is still running.</summary>
    public void Dispose()
    {
        _libbpf.Dispose();
        _process.Terminate(NtStatus.Success);
    }

    private PlayedCall Call(string function, IReadOnlyList<FlowFacts> meant, ReadOnlySpan<byte> keyBytes, ReadOnlySpan<byte> valueBytes)
    {
        ulong options = Place(new byte[Marshal.SizeOf<BpfMapBatchOpts>()]);
        ulong cursor = Place(new byte[sizeof(uint)]);
        ulong count = Place(BitConverter.GetBytes(meant.Count));
        (string Name, ulong Address, byte[] Bytes)[] blocks =
        [
            ("keys", Place(keyBytes), keyBytes.ToArray()),
            ("values", Place(valueBytes), valueBytes.ToArray()),
            ("settings", Place(Encoding.ASCII.GetBytes(Settings)), Encoding.ASCII.GetBytes(Settings)),
        ];
        (ulong keys, ulong values) = (blocks[0].Address, blocks[1].Address);

        int? result = null;
        AccessViolation? fault = null;
        try
        {
            result = function == "bpf_map_update_batch"
                ? _libbpf.bpf_map_update_batch(Map, keys, values, count, options)
                : _libbpf.bpf_map_lookup_batch(Map, 0, cursor, keys, values, count, options);
        }
        catch (ProcessExitedException exit)
        {
            fault = exit.Violation;
        }

        return new PlayedCall
        {
            Function = function,
            ProcessId = _process.Id,
            Heap = _process.Memory.HeapMode,
            ValueBytes = _valueBytes,
            Meant = meant,
            Result = result,
            Fault = fault,
            CountAfter = result is null ? null : BitConverter.ToInt32(Peek(count, sizeof(int))),
            Blocks = [.. blocks.Select(b => new BlockFacts(b.Name, b.Address, b.Bytes, result is null ? null : Peek(b.Address, b.Bytes.Length)))],
        };
    }

    /// <summary>
    /// Lays a value out as the application does: each CPU's counters in a padded slot if it counts the CPUs, otherwise CPU 0's only.
    /// </summary>
    public static void Encode(FlowFacts flow, Span<byte> value)
    {
        PerCpuLayout layout = Layout.On(flow.PerCpu.Count);
        for (int cpu = 0; cpu < flow.PerCpu.Count && layout.SlotOffset(cpu) + Counters.Size <= (uint)value.Length; cpu++)
        {
            MemoryMarshal.Write(value[(int)layout.SlotOffset(cpu)..], flow.PerCpu[cpu]);
        }
    }

    private ulong Place(ReadOnlySpan<byte> bytes)
    {
        ulong address = _process.Memory.Allocate((uint)bytes.Length);
        bytes.CopyTo(_process.Memory.Access(address, (uint)bytes.Length, MemoryAccess.Write, ImageName));
        return address;
    }

    private byte[] Peek(ulong address, int length) =>
        _process.Memory.Access(address, (uint)length, MemoryAccess.Read, ImageName).ToArray();
}

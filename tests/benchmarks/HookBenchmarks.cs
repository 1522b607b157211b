using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using BenchmarkDotNet.Attributes;
using KernelSim.Bytecode;
using KernelSim.EbpfCore;
using KernelSim.EbpfCore.Extensions;
using KernelSim.NetEbpfExt;
using KernelSim.NetEbpfExt.Events;
using KernelSim.Nt;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;

namespace KernelSim.Benchmarks;

/// <summary>
/// Events through an XDP hook, from the network to the program's return: one processor, batches of 64, packets of 60 bytes. What an event
/// costs beyond its program is the trivial program's figure.
/// </summary>
[MemoryDiagnoser]
[SuppressMessage("Design", "CA1001:Types that own disposable fields should be disposable", Justification = "The runner calls Cleanup.")]
public class HookBenchmarks
{
    private const int Events = 4096;

    private static readonly NetworkTraffic s_packets = new()
    {
        Mix = new Dictionary<NetworkEventKind, int> { [NetworkEventKind.Packet] = 1 },
        MaxPayload = 6,
        V6Percent = 0,
    };

    private readonly NetworkEvent[] _events = new NetworkEvent[Events];
    private readonly NetworkEventTotals _totals = new();
    private Machine _machine = null!;
    private NetworkEventSource _network = null!;

    /// <summary>No program: what the delivery alone costs. One that only returns. One that adds to its CPU's slot of a per-CPU array.</summary>
    [Params("none", "trivial", "per-CPU counter")]
    public string Program { get; set; } = "trivial";

    [GlobalSetup]
    public void Setup()
    {
        _machine = Machine.Boot(new MachineOptions { Processors = Contenders.Cpus });
        NetEbpfExtDriver network = new();
        CounterEngine engine = new();
        Expect(_machine.LoadDriver(new EbpfCoreDriver(EbpfCoreOptions.NativeOnly with { Interpreter = engine }), out _));
        Expect(_machine.LoadDriver(network, out _));
        _network = new NetworkEventSource(network);
        new NetworkEventGenerator(s_packets, 1, 0).Fill(_events);
        if (Program != "none")
        {
            Attach(engine);
        }
    }

    [GlobalCleanup]
    public void Cleanup() => _machine.Dispose();

    [Benchmark(OperationsPerInvoke = Events)]
    public void Deliver() => _network.Deliver(0, _events, _totals);

    private static void Expect(NtStatus status)
    {
        if (!status.IsSuccess)
        {
            throw new InvalidOperationException($"setting up ended in {status}");
        }
    }

    private void Attach(CounterEngine engine)
    {
        RawCalls calls = new(_machine.Processes.Create().Gate);
        NtHandle program = calls.Send<CreateProgramRequest, CreateProgramReply>(
            EbpfOperationId.CreateProgram,
            new CreateProgramRequest
            {
                ProgramType = ProgramTypeTable.Xdp,
                SectionNameOffset = CreateProgramRequest.TailOffset,
                ProgramNameOffset = CreateProgramRequest.TailOffset,
            },
            []).ProgramHandle;
        NtHandle map = calls.Send<CreateMapRequest, CreateMapReply>(
            EbpfOperationId.CreateMap,
            new CreateMapRequest
            {
                EbpfMapDefinition = new EbpfMapDefinition { Type = BpfMapType.PercpuArray, KeySize = 4, ValueSize = 8, MaxEntries = 1 },
                InnerMapHandle = NtHandle.Invalid,
            },
            []).Handle;
        byte[] handle = BitConverter.GetBytes(map.Value);
        engine.Map = calls.Send<ResolveMapRequest, MapAddress>(
            EbpfOperationId.ResolveMap, new ResolveMapRequest { ProgramHandle = program }, handle).Address;
        engine.Counts = Program != "trivial";
        calls.Send<LoadCodeRequest, NoReply>(
            EbpfOperationId.LoadCode, new LoadCodeRequest { ProgramHandle = program, CodeType = EbpfCodeType.Ebpf }, new byte[8]);
        calls.Send<LinkProgramRequest, LinkProgramReply>(
            EbpfOperationId.LinkProgram,
            new LinkProgramRequest { ProgramHandle = program, AttachType = AttachTypeTable.Find(BpfAttachType.Xdp)!.Id },
            []);
    }

    /// <summary>Runs one of two programs whatever the instructions.</summary>
    private sealed unsafe class CounterEngine : IBytecodeEngine, IBytecodeProgram
    {
        private const uint MapLookupElem = 1;
        private const ulong Pass = 1;

        public ulong Map { get; set; }

        public bool Counts { get; set; }

        public string Name => "counter";

        public IBytecodeProgram? Load(BytecodeImage image, out StructuralProblem? problem)
        {
            problem = null;
            return this;
        }

        public ulong Run(ref BytecodeRun run)
        {
            ref readonly HelperCall call = ref HelperCall.Of(run);
            if (Counts)
            {
                uint key = 0;
                ulong* counter = (ulong*)call.Invoke(MapLookupElem, Map, (ulong)&key);
                ++*counter;
            }

            return Pass;
        }
    }

    /// <summary>Requests written by hand: no library is in the way of what is set up.</summary>
    private sealed class RawCalls
    {
        private readonly ISystemGate _gate;
        private readonly NtHandle _device;

        public RawCalls(ISystemGate gate)
        {
            _gate = gate;
            byte[] name = Encoding.Unicode.GetBytes(EbpfDevice.Win32Name);
            UserRange range = Put(name);
            Expect(gate.NtCreateFile(0, range, CreateFileOptions.SynchronousIo, out _device));
        }

        public TReply Send<TRequest, TReply>(EbpfOperationId id, TRequest request, byte[] tail)
            where TRequest : unmanaged
            where TReply : unmanaged
        {
            byte[] message = [.. MemoryMarshal.AsBytes(new ReadOnlySpan<TRequest>(in request)), .. tail];
            MemoryMarshal.Write(message, new OperationHeader { Length = (ushort)message.Length, Id = id });
            int replyBytes = typeof(TReply) == typeof(NoReply) ? 0 : Marshal.SizeOf<TReply>();
            UserRange reply = Put(new byte[Math.Max(replyBytes, 1)]);
            if (!_gate.BeginCall(out ulong call))
            {
                throw new InvalidOperationException("the process has ended");
            }

            Expect(_gate.NtDeviceIoControlFile(
                call,
                _device,
                NtHandle.Invalid,
                Put(new byte[16]).Address,
                EbpfDevice.ControlCode,
                Put(message),
                replyBytes == 0 ? UserRange.Null : reply with { Length = (uint)replyBytes }));
            _gate.EndCall(call);
            return MemoryMarshal.Read<TReply>(
                [.. _gate.Memory.Access(reply.Address, (uint)Math.Max(replyBytes, 1), MemoryAccess.Read, "benchmark")]);
        }

        private UserRange Put(byte[] bytes)
        {
            ulong address = _gate.Memory.Allocate((uint)bytes.Length);
            bytes.CopyTo(_gate.Memory.Access(address, (uint)bytes.Length, MemoryAccess.Write, "benchmark"));
            return new UserRange(address, (uint)bytes.Length);
        }
    }

    /// <summary>An operation without a reply.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 1)]
    private struct NoReply;

    /// <summary>Reply of operation 1 for one map.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 16)]
    private struct MapAddress
    {
        [FieldOffset(8)]
        public ulong Address;
    }
}

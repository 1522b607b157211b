using System.Buffers.Binary;
using KernelSim.LabScripts.Machines;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.UserMode;

namespace KernelSim.LabScripts.Ops;

/// <summary>Calls on ring buffers and perf event arrays, and the helpers that write to them.</summary>
internal static class RingOps
{
    private const ulong CurrentCpu = 0xFFFF_FFFF;
    private const ulong LostRecordsOffset = 64;

    /// <summary><c>ring_buffer_map_write</c>.</summary>
    public static ScriptResult WriteRing(ScriptSession session, ScriptCall call) =>
        Write(session, call, session.Library.ebpf_ring_buffer_map_write);

    /// <summary><c>perf_event_array_map_write</c>.</summary>
    public static ScriptResult WritePerf(ScriptSession session, ScriptCall call) =>
        Write(session, call, session.Library.ebpf_perf_event_array_map_write);

    /// <summary><c>ring_buffer_consume</c>.</summary>
    public static ScriptResult ConsumeRing(ScriptSession session, ScriptCall call)
    {
        uint most = call.UInt32("max", uint.MaxValue);
        List<IReadOnlyList<ScriptOutput>> records = [];
        ring_buffer? manager = session.Library.ring_buffer__new(call.Descriptor(), (_, data, size) =>
        {
            records.Add([new ScriptOutput("", Payload(session, data, (uint)size))]);
            return records.Count < most ? 0 : -1;
        });
        if (manager is null)
        {
            return session.Result(-(int)session.Library.errno);
        }

        int ret = most == 0 ? 0 : session.Library.ring_buffer__consume(manager);
        session.Library.ring_buffer__free(manager);
        return session.Gate.HasExited ? session.Result(ret) : session.Result(records.Count, new ScriptOutput("records", records));
    }

    /// <summary><c>perf_buffer_consume</c>.</summary>
    public static ScriptResult ConsumePerf(ScriptSession session, ScriptCall call)
    {
        List<IReadOnlyList<ScriptOutput>> records = [];
        perf_buffer? manager = session.Library.perf_buffer__new(
            call.Descriptor(),
            0,
            (_, cpu, data, size) => records.Add([new ScriptOutput("cpu", cpu), new ScriptOutput("data", Payload(session, data, size))]),
            (_, _, _) => { });
        if (manager is null)
        {
            return session.Result(-(int)session.Library.errno);
        }

        int ret = session.Library.perf_buffer__consume(manager);
        List<IReadOnlyList<ScriptOutput>> lost = [];
        for (uint cpu = 0; cpu < session.Library.perf_buffer__buffer_cnt(manager); cpu++)
        {
            lost.Add([new ScriptOutput("cpu", cpu), new ScriptOutput("lost", LostOn(session, call.Descriptor(), cpu))]);
        }

        session.Library.perf_buffer__free(manager);
        return session.Result(ret, new ScriptOutput("records", records), new ScriptOutput("lost", lost));
    }

    /// <summary><c>ring_buffer_map_map_buffer</c>: maps a ring, reads its pages, unmaps it.</summary>
    public static ScriptResult MapBuffer(ScriptSession session, ScriptCall call)
    {
        EbpfResult result = Look(session, call.Descriptor(), call.UInt64("index"), out ScriptOutput[] outputs, out _);
        return session.Result(-(int)ResultConversions.ToErrno(result), outputs);
    }

    /// <summary><c>helper_ringbuf_output</c>.</summary>
    public static ScriptResult RingbufOutput(ScriptSession session, ScriptCall call) => Run(
        session, call, (context, map) => (EbpfResult)(-context.RingbufOutput(map, call.Bytes("data"), call.UInt64("flags"))));

    /// <summary><c>helper_perf_event_output</c>.</summary>
    public static ScriptResult PerfEventOutput(ScriptSession session, ScriptCall call)
    {
        ulong flags = call.Has("flags") ? call.UInt64("flags") : CurrentCpu;
        return Run(
            session,
            call,
            (context, map) => (EbpfResult)(-context.PerfEventOutput(map, flags, call.Bytes("data"), call.Bytes("ctx_data"))));
    }

    private static long LostOn(ScriptSession session, int fd, uint cpu)
    {
        Look(session, fd, cpu, out _, out long lost);
        return lost;
    }

    /// <summary>Reads a ring's pages.</summary>
    private static EbpfResult Look(ScriptSession session, int fd, ulong index, out ScriptOutput[] outputs, out long lost)
    {
        (outputs, lost) = ([], 0);
        EbpfResult result = session.Library.ebpf_ring_buffer_map_map_buffer_with_index(
            fd, index, out ulong consumer, out ulong producer, out ulong data, out ulong size);
        if (result != EbpfResult.Success)
        {
            return result;
        }

        lost = Number(session, producer + LostRecordsOffset);
        outputs =
        [
            new("producer", Number(session, producer)),
            new("consumer", Number(session, consumer)),
            new("lost", lost),
            new("data_size", (long)size),
        ];
        session.Library.ebpf_ring_buffer_map_unmap_buffer(fd, consumer, producer, data);
        return result;
    }

    private static ScriptResult Run(ScriptSession session, ScriptCall call, HelperOps.Program program) =>
        HelperOps.Run(session, call, hasKey: false, needsValue: false, program);

    private static ScriptResult Write(ScriptSession session, ScriptCall call, Func<int, ulong, ulong, EbpfResult> write)
    {
        using UserBlocks blocks = new(session.Gate);
        byte[]? data = call.Bytes("data");
        EbpfResult result = write(call.Descriptor(), blocks.Copy(data), (ulong)(data?.Length ?? 0));
        return session.Result(-(int)ResultConversions.ToErrno(result));
    }

    private static byte[] Payload(ScriptSession session, ulong address, uint length) =>
        session.Gate.Memory.Access(address, length, MemoryAccess.Read, "script:record").ToArray();

    private static long Number(ScriptSession session, ulong address) =>
        BinaryPrimitives.ReadInt64LittleEndian(session.Gate.Memory.Access(address, sizeof(ulong), MemoryAccess.Read, "script:ring_page"));
}

using KernelSim.LabScripts.Ops;
using static KernelSim.LabScripts.ScriptFieldKind;

namespace KernelSim.LabScripts;

/// <summary>The calls that a lab script can make, one row each. Their fields and results are described in <c>docs/lab-scripts.md</c>.</summary>
internal static class ScriptOpTable
{
    /// <summary>The call whose line names an object instead of a descriptor, and may name a file of the host.</summary>
    public const string ObjectLoad = "object_load";

    private static readonly ScriptField s_execution = new("execution", Word, Optional: true) { Words = ProgramOps.Executions };
    private static readonly ScriptField s_bytecodeExecution = s_execution with { Words = ProgramOps.Engines };
    private static readonly ScriptField s_fd = new("fd", Descriptor);
    private static readonly ScriptField s_as = new("as", NewName, Optional: true);
    private static readonly ScriptField s_key = new("key", Bytes, Optional: true);
    private static readonly ScriptField s_value = new("value", Bytes);
    private static readonly ScriptField s_optionalValue = s_value with { Optional = true };
    private static readonly ScriptField s_keys = new("keys", Bytes);
    private static readonly ScriptField s_values = new("values", Bytes);
    private static readonly ScriptField s_count = new("count", Number32);
    private static readonly ScriptField s_cpu = new("cpu", Processor);
    private static readonly ScriptField s_path = new("path", Text);
    private static readonly ScriptField s_flags = new("flags", Number64, Optional: true);
    private static readonly ScriptField s_elemFlags = new("elem_flags", Number64, Optional: true);
    private static readonly ScriptField s_cursor = new("cursor", Cursor, Optional: true);
    private static readonly ScriptField s_valuesSize = new("values_size", Number32, Optional: true);
    private static readonly ScriptField s_cursorSize = new("cursor_size", Number32, Optional: true);
    private static readonly ScriptField s_opts = new("opts", Bytes, Optional: true);

    private static readonly ScriptField s_data = new("data", Bytes);
    private static readonly ScriptField s_max = new("max", Number32, Optional: true);
    private static readonly ScriptField s_flags32 = new("flags", Number32, Optional: true);
    private static readonly ScriptField s_startId = new("start_id", Number32, Optional: true);
    private static readonly ScriptField s_objectId = new("object_id", Number32);
    private static readonly ScriptField s_handle = new("handle", Descriptor);
    private static readonly ScriptField s_ifindex = new("ifindex", Number32);
    private static readonly ScriptField s_compartment = new("compartment", Number32);
    private static readonly ScriptField s_attachType = new("attach_type", Word) { Words = ProgramOps.AttachTypes };
    private static readonly ScriptField s_kind = new("type", Word, Optional: true) { Words = PinOps.Kinds };

    /// <summary>All calls, in the order of the page.</summary>
    public static IReadOnlyList<ScriptOp> All { get; } =
    [
        new("num_possible_cpus", ObjectOps.NumPossibleCpus),
        new(
            "map_create", ObjectOps.CreateMap, s_as, new("type", MapType), new("name", Text), new("key_size", Number32),
            new("value_size", Number32), new("max_entries", Number32), new("flags", Number32, Optional: true),
            new("inner_fd", Descriptor, Optional: true)),
        new("map_update_elem", ElementOps.Update, s_fd, s_key, s_optionalValue, new("value_fd", Descriptor, Optional: true), s_flags)
        {
            ExactlyOneOf = ["value", "value_fd"],
        },
        new("map_lookup_elem", ElementOps.Lookup, s_fd, s_key),
        new("map_lookup_and_delete_elem", ElementOps.LookupAndDelete, s_fd, s_key),
        new("map_delete_elem", ElementOps.Delete, s_fd, s_key),
        new("map_get_next_key", ElementOps.GetNextKey, s_fd, s_key),
        new(
            "map_update_batch", BatchOps.Update, s_fd, s_keys, s_values, s_count, s_elemFlags, s_flags, s_opts),
        new("map_lookup_batch", BatchOps.Lookup, s_fd, s_count, s_cursor, s_valuesSize, s_cursorSize, s_elemFlags, s_flags, s_opts),
        new(
            "map_lookup_and_delete_batch", BatchOps.LookupAndDelete, s_fd, s_count, s_cursor, s_valuesSize, s_cursorSize, s_elemFlags, s_flags,
            s_opts),
        new("map_delete_batch", BatchOps.Delete, s_fd, s_keys, s_count, s_elemFlags, s_flags, s_opts),
        new("helper_map_update_elem", HelperOps.Update, s_cpu, s_fd, s_key, s_value, s_flags),
        new("helper_map_lookup_elem", HelperOps.Lookup, s_cpu, s_fd, s_key, s_optionalValue, s_flags),
        new("helper_map_delete_elem", HelperOps.Delete, s_cpu, s_fd, s_key, s_optionalValue, s_flags),
        new("helper_map_lookup_and_delete_elem", HelperOps.LookupAndDelete, s_cpu, s_fd, s_key, s_optionalValue, s_flags),
        new("helper_map_lookup_inner", HelperOps.LookupInner, s_cpu, s_fd, s_key, new("inner_key", Bytes)),
        new("helper_map_push_elem", HelperOps.Push, s_cpu, s_fd, s_value, s_flags),
        new("helper_map_pop_elem", HelperOps.Pop, s_cpu, s_fd, s_optionalValue, s_flags),
        new("helper_map_peek_elem", HelperOps.Peek, s_cpu, s_fd, s_optionalValue, s_flags),
        new("ring_buffer_map_write", RingOps.WriteRing, s_fd, s_data),
        new("ring_buffer_consume", RingOps.ConsumeRing, s_fd, s_max),
        new("ring_buffer_map_map_buffer", RingOps.MapBuffer, s_fd, new("index", Number64, Optional: true)),
        new("perf_event_array_map_write", RingOps.WritePerf, s_fd, s_data),
        new("perf_buffer_consume", RingOps.ConsumePerf, s_fd),
        new("helper_ringbuf_output", RingOps.RingbufOutput, s_cpu, s_fd, s_data, s_flags),
        new("helper_perf_event_output", RingOps.PerfEventOutput, s_cpu, s_fd, s_data, s_flags, new("ctx_data", Bytes, Optional: true)),
        new("obj_get_info_by_fd", ObjectOps.GetInfoByFd, s_fd),
        new("obj_pin", ObjectOps.Pin, s_fd, s_path),
        new("obj_get", ObjectOps.Get, s_as, s_path),
        new("close", ObjectOps.Close, s_fd),
        new("dup", MachineOps.Duplicate, s_fd, s_as),
        new("obj_unpin", PinOps.Unpin, s_path),
        new("obj_get_next_path", PinOps.NextPath, s_path with { Optional = true }, s_kind),
        new("map_get_next_id", (s, c) => PinOps.NextId(s, c, s.Library.bpf_map_get_next_id), s_startId),
        new("prog_get_next_id", (s, c) => PinOps.NextId(s, c, s.Library.bpf_prog_get_next_id), s_startId),
        new("link_get_next_id", (s, c) => PinOps.NextId(s, c, s.Library.bpf_link_get_next_id), s_startId),
        new("map_get_fd_by_id", (s, c) => PinOps.OpenById(s, c, s.Library.bpf_map_get_fd_by_id, isMap: true), s_as, s_objectId),
        new("prog_get_fd_by_id", (s, c) => PinOps.OpenById(s, c, s.Library.bpf_prog_get_fd_by_id), s_as, s_objectId),
        new("link_get_fd_by_id", (s, c) => PinOps.OpenById(s, c, s.Library.bpf_link_get_fd_by_id), s_as, s_objectId),
        new(
            ObjectLoad, ProgramOps.Load, s_as, new("file", Text), new("pin_root", Text, Optional: true), s_execution,
            new(ProgramOps.Contents, Bytes, Optional: true)),
        new(
            "prog_load", ProgramOps.LoadInstructions, s_as, new("type", Word) { Words = ProgramOps.Types }, new("insns", Bytes),
            new("name", Text, Optional: true), new("license", Text, Optional: true), s_bytecodeExecution),
        new("object_close", ProgramOps.Close, new ScriptField("object", ObjectName)),
        new(
            "prog_attach", ProgramOps.Attach, s_as, s_fd, s_attachType with { Optional = true }, s_ifindex with { Optional = true },
            s_compartment with { Optional = true }, new("data", Bytes, Optional: true)),
        new("prog_attach_cgroup", ProgramOps.AttachCgroup, s_fd, s_compartment, s_attachType, s_flags32),
        new("prog_detach_cgroup", ProgramOps.DetachCgroup, s_fd with { Optional = true }, s_compartment, s_attachType),
        new("xdp_attach", ProgramOps.AttachXdp, s_ifindex, s_fd, s_flags32),
        new("xdp_detach", ProgramOps.DetachXdp, s_ifindex, s_flags32),
        new("xdp_query_id", ProgramOps.QueryXdp, s_ifindex),
        new("link_detach", ProgramOps.DetachLink, s_fd),
        new("prog_bind_map", ProgramOps.BindMap, s_fd, new ScriptField("map_fd", Descriptor)),
        new(
            "prog_test_run", ProgramOps.TestRun, s_fd, new("data", Bytes, Optional: true), new("ctx", Bytes, Optional: true),
            new("data_size_out", Number32, Optional: true), new("ctx_size_out", Number32, Optional: true),
            new("repeat", Number32, Optional: true), s_cpu with { Kind = Number32, Optional = true }, new("batch_size", Number32, Optional: true)),
        new(
            "network_event", NetworkOps.Event, s_cpu, new("event", Word) { Words = NetworkOps.Kinds },
            new("protocol", Word, Optional: true) { Words = NetworkOps.Protocols }, new("local_address", Address, Optional: true),
            new("local_port", Number32, Optional: true), new("remote_address", Address, Optional: true),
            new("remote_port", Number32, Optional: true), s_ifindex with { Optional = true }, s_compartment with { Optional = true },
            new("process", Number32, Optional: true), new("application", Text, Optional: true), new("payload", Number32, Optional: true)),
        new("network_packet", NetworkOps.Packet, s_cpu, s_ifindex with { Optional = true }, new("data", Bytes)),
        new("network_run", NetworkOps.Run, new("events_per_cpu", Number32), new("seed", Number64, Optional: true)),
        new("create_file", DeviceOps.Open, s_as, s_path),
        new(
            "device_io_control", DeviceOps.Control, s_as, s_handle, new("code", ControlCode), new("input", Bytes, Optional: true),
            new("output_size", Number32, Optional: true)),
        new("get_overlapped_result", DeviceOps.Result, new("request", Descriptor), new("timeout_ms", Number32, Optional: true)),
        new("cancel_io", DeviceOps.Cancel, s_handle),
        new("close_handle", DeviceOps.Close, s_handle),
        new(
            "bpf", SyscallOps.Bpf, s_as, new("cmd", Word) { Words = SyscallOps.Commands }, new("attr", Bytes),
            new("size", Number32, Optional: true)),
        new("synchronize", MachineOps.Synchronize),
        new("advance_clock", MachineOps.AdvanceClock, new ScriptField("us", Microseconds)),
        new("gate_ioctl", GateOps.Ioctl, new("message", Bytes), new("reply_size", Number32)),
    ];
}

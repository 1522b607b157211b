namespace KernelSim.LabScripts;

/// <summary>An op of a lab script in words, for the reference.</summary>
/// <param name="Op">Its name, as in <see cref="ScriptOpTable"/>.</param>
/// <param name="Calls">The function that it calls, by its upstream name; the helper's name for an op that runs as a program.</param>
/// <param name="Does">What it does, in a sentence.</param>
/// <param name="Gives">The fields of its result besides <c>ret</c> and, after a failure, the errno and the check.</param>
internal sealed record ScriptOpWords(string Op, string Calls, string Does, params ScriptGift[] Gives)
{
    private static readonly ScriptGift s_value = new(
        "value", "The value: the slots of all CPUs in a per-CPU map, each padded to 8 bytes, in CPU order.");
    private static readonly ScriptGift s_slot = new("value", "The value, `value_size` bytes; in a per-CPU map that processor's slot only.");
    private static readonly ScriptGift s_helperResult = new("result", "After a failure, the name of the helper's result.");
    private static readonly ScriptGift s_done = new("count", "The program's count variable after the call: the number of elements done.");
    private static readonly ScriptGift s_delivered = new("count", "The number of elements delivered.");
    private static readonly ScriptGift s_keys = new("keys", "The keys delivered, concatenated.");
    private static readonly ScriptGift s_values = new(
        "values",
        "The values delivered, concatenated: `pad8(value_size) x CPUs` bytes each in a per-CPU map, the slots in CPU order.");

    private static readonly ScriptGift s_nextId = new("next_id", "The smallest id after `start_id`.");
    private static readonly ScriptGift s_verdict = new("action", "What becomes of the event: `permit`, `block` and so on.");
    private static readonly ScriptGift s_ran = new("programs", "The number of programs that ran.");
    private static readonly ScriptGift s_last = new("program_result", "The return value of the last program that ran.");
    private static readonly ScriptGift s_redirect = new("address", "The destination of a redirected event.");
    private static readonly ScriptGift s_redirectPort = new("port", "The port of a redirected event.");
    private static readonly ScriptGift s_status = new("status", "The name of the NTSTATUS.");
    private static readonly ScriptGift s_information = new("information", "The number of bytes in the status block.");
    private static readonly ScriptGift s_output = new("output", "The output; empty after an error.");
    private static readonly ScriptGift s_refusal = new("result", "The name of a result that kept programs from running.");

    /// <summary>One row for each op, in the order of <see cref="ScriptOpTable"/>.</summary>
    public static IReadOnlyList<ScriptOpWords> All { get; } =
    [
        new("num_possible_cpus", "libbpf_num_possible_cpus", "Returns the number of possible processors: the slots of a per-CPU value."),
        new("map_create", "bpf_map_create", "Creates a map and returns its descriptor."),
        new("map_update_elem", "bpf_map_update_elem", "Stores an element. A queue or stack has no key: the value is pushed."),
        new("map_lookup_elem", "bpf_map_lookup_elem", "Reads an element. A queue or stack has no key: the next value is read and stays.", s_value),
        new("map_lookup_and_delete_elem", "bpf_map_lookup_and_delete_elem", "Reads an element and deletes it. From a queue or stack: pops.", s_value),
        new("map_delete_elem", "bpf_map_delete_elem", "Deletes an element; an element of an array is set to zeros."),
        new("map_get_next_key", "bpf_map_get_next_key", "Returns the key after a key, or the first.", new ScriptGift("next_key", "The next key.")),
        new("map_update_batch", "bpf_map_update_batch", "Stores many elements, in order, up to the first that fails.", s_done),
        new("map_lookup_batch", "bpf_map_lookup_batch", "Reads many elements.", s_delivered, s_keys, s_values),
        new(
            "map_lookup_and_delete_batch", "bpf_map_lookup_and_delete_batch", "Reads many elements and deletes them.", s_delivered, s_keys,
            s_values),
        new("map_delete_batch", "bpf_map_delete_batch", "Deletes many elements, in order, up to the first that is missing.", s_done),
        new("helper_map_update_elem", "bpf_map_update_elem", "Stores an element as a program on a processor does.", s_helperResult),
        new("helper_map_lookup_elem", "bpf_map_lookup_elem", "Reads an element as a program on a processor does.", s_slot, s_helperResult),
        new("helper_map_delete_elem", "bpf_map_delete_elem", "Deletes an element, the slots of all CPUs, as a program does.", s_helperResult),
        new(
            "helper_map_lookup_and_delete_elem", "bpf_map_lookup_and_delete_elem", "Reads an element and deletes it as a program does.", s_slot,
            s_helperResult),
        new("helper_map_lookup_inner", "bpf_map_lookup_elem", "Looks up a map in a map of maps and a value in it.", s_slot, s_helperResult),
        new("helper_map_push_elem", "bpf_map_push_elem", "Pushes a value to a queue or stack as a program does.", s_helperResult),
        new("helper_map_pop_elem", "bpf_map_pop_elem", "Pops a value from a queue or stack as a program does.", s_slot, s_helperResult),
        new("helper_map_peek_elem", "bpf_map_peek_elem", "Reads the next value of a queue or stack as a program does.", s_slot, s_helperResult),
        new("ring_buffer_map_write", "ebpf_ring_buffer_map_write", "Writes a record to a ring buffer from user mode."),
        new(
            "ring_buffer_consume", "ring_buffer__consume", "Reads the available records of a ring buffer. `ret` is their number.",
            new ScriptGift("records", "The records, oldest first.")),
        new(
            "ring_buffer_map_map_buffer", "ebpf_ring_buffer_map_map_buffer_with_index", "Maps a ring and returns its state.",
            new ScriptGift("producer", "The offset after the last record, in bytes."),
            new ScriptGift("consumer", "The offset of the next record to read, in bytes."),
            new ScriptGift("lost", "The number of lost records; a ring buffer counts none."),
            new ScriptGift("data_size", "The size of the data area in bytes.")),
        new("perf_event_array_map_write", "ebpf_perf_event_array_map_write", "Writes a record to the ring of the CPU that handles the call."),
        new(
            "perf_buffer_consume", "perf_buffer__consume", "Reads the available records of a perf event array, CPU by CPU. `ret` is their number.",
            new ScriptGift("records", "The records, each with its `cpu` and its `data`."),
            new ScriptGift("lost", "For each `cpu`, the number of records lost since the map was created.")),
        new("helper_ringbuf_output", "bpf_ringbuf_output", "Writes a record to a ring buffer as a program does.", s_helperResult),
        new("helper_perf_event_output", "bpf_perf_event_output", "Writes a record to a perf event array as a program does.", s_helperResult),
        new(
            "obj_get_info_by_fd", "bpf_obj_get_info_by_fd", "Returns what is known about a map, program or link.",
            new ScriptGift("id", "Its id; `map_id`, `prog_id` or `link_id` on a line with an `id` of its own."),
            new ScriptGift("…", "Further fields with bpftool's names, and `pinned_paths`, the number of its pin paths.")),
        new("obj_pin", "bpf_obj_pin", "Pins an object under a path: it outlives its descriptors."),
        new("obj_get", "bpf_obj_get", "Opens the object that is pinned under a path, and returns its descriptor."),
        new("close", "close", "Closes a descriptor."),
        new("dup", "ebpf_duplicate_fd", "Creates a second descriptor of the same object, and returns it."),
        new("obj_unpin", "ebpf_object_unpin", "Removes a path. An object that has other paths or descriptors stays."),
        new(
            "obj_get_next_path", "ebpf_get_next_pinned_object_path", "Returns the first pin path after a path.",
            new ScriptGift("path", "The path."),
            new ScriptGift("type", "The type of the object there: `map`, `link` or `program`.")),
        new("map_get_next_id", "bpf_map_get_next_id", "Returns the next id of a map.", s_nextId),
        new("prog_get_next_id", "bpf_prog_get_next_id", "Returns the next id of a program.", s_nextId),
        new("link_get_next_id", "bpf_link_get_next_id", "Returns the next id of a link.", s_nextId),
        new("map_get_fd_by_id", "bpf_map_get_fd_by_id", "Opens a map by its id, and returns its descriptor."),
        new("prog_get_fd_by_id", "bpf_prog_get_fd_by_id", "Opens a program by its id, and returns its descriptor."),
        new("link_get_fd_by_id", "bpf_link_get_fd_by_id", "Opens a link by its id, and returns its descriptor."),
        new(
            "object_load", "bpf_object__open, bpf_object__load",
            "Opens and loads a native module of the machine or the host, or an object file of the host.",
            new ScriptGift("programs", "The descriptors of its programs, by name."),
            new ScriptGift("maps", "The descriptors of its maps, by name.")),
        new(
            "prog_load", "bpf_prog_load", "Checks and loads a program of instructions, and returns its descriptor.",
            new ScriptGift("log", "What the check has against it, where it refuses.")),
        new("object_close", "bpf_object__close", "Closes all descriptors of a loaded object."),
        new("prog_attach", "ebpf_program_attach_by_fds", "Attaches a program and returns the descriptor of the link."),
        new("prog_attach_cgroup", "bpf_prog_attach", "Attaches a program to a compartment, without a link."),
        new("prog_detach_cgroup", "bpf_prog_detach2, bpf_prog_detach", "Detaches a program from a compartment."),
        new("xdp_attach", "bpf_xdp_attach", "Attaches a program to an interface, without a link."),
        new("xdp_detach", "bpf_xdp_detach", "Detaches the program of an interface."),
        new(
            "xdp_query_id", "bpf_xdp_query_id", "Returns the program that is attached to an interface.",
            new ScriptGift("prog_id", "The program's id.")),
        new("link_detach", "bpf_link_detach", "Detaches a link at once."),
        new("prog_bind_map", "bpf_prog_bind_map", "Makes a program hold a reference to a map."),
        new(
            "prog_test_run", "bpf_prog_test_run_opts", "Runs a program on given data.",
            new ScriptGift("retval", "The last return value."),
            new ScriptGift("data_out", "The data as the last run left it."),
            new ScriptGift("ctx_out", "The context as the last run left it.")),
        new(
            "network_event", "none: the simulated network", "Generates a network event; attached programs run on its processor.", s_verdict, s_ran,
            s_last, s_redirect, s_redirectPort, s_refusal),
        new(
            "network_packet", "none: the simulated network", "Delivers a packet; attached programs run on its processor.", s_verdict, s_ran, s_last,
            s_refusal, new ScriptGift("data", "The bytes as the programs left them.")),
        new(
            "network_run", "none: the simulated network", "Generates events on all processors at once.",
            new ScriptGift("events", "The number of events."),
            s_ran,
            new ScriptGift("actions", "The number of events by action."),
            new ScriptGift("per_cpu", "`events` and `programs` of each processor.")),
        new("create_file", "CreateFile", "Opens a device, with FILE_FLAG_OVERLAPPED, and returns the handle.", s_status),
        new(
            "device_io_control", "DeviceIoControl", "Sends a request to the device of a handle.", s_status, s_information, s_output,
            new ScriptGift("request", "The number of a request that the driver keeps; its status is `STATUS_PENDING`.")),
        new("get_overlapped_result", "GetOverlappedResult", "Waits for a request that is pending.", s_status, s_information, s_output),
        new("cancel_io", "CancelIo", "Requests cancellation of the requests that are pending on a handle.", s_status),
        new("close_handle", "CloseHandle", "Closes a handle.", s_status),
        new("bpf", "bpf", "Makes the call in the form of Linux's system call.", new ScriptGift("attr", "The structure after the call.")),
        new("synchronize", "ebpf_program_synchronize", "Waits until every request and program run in progress has ended."),
        new(
            "advance_clock", "none: the machine's clock", "Advances the machine's time; due timers fire.",
            new ScriptGift("waiting", "The number of blocks that still wait to be freed.")),
        new(
            "gate_ioctl", "DeviceIoControl", "Sends a complete request to the device, without the library.",
            s_status,
            new ScriptGift("reply", "The reply: as many bytes as the status block says, none after an error.")),
    ];

    /// <summary>The words for an op; null if there are none, which a test forbids.</summary>
    public static ScriptOpWords? Of(string op) => All.FirstOrDefault(w => w.Op == op);
}

/// <summary>A field of an op's result.</summary>
/// <param name="Name">Its name in the line.</param>
/// <param name="Means">What it means, in Markdown.</param>
internal sealed record ScriptGift(string Name, string Means);

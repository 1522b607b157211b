namespace KernelSim.LabScripts;

/// <summary>The fields of a lab script's lines in words, for the reference.</summary>
internal static class ScriptFieldWords
{
    /// <summary>
    /// By <c>op.field</c>, or by the field alone where it means the same in all ops. The default is of a field that may be omitted.
    /// </summary>
    private static readonly Dictionary<string, (string Means, string Default)> s_words = new()
    {
        ["fd"] = ("The object's descriptor.", ""),
        ["prog_detach_cgroup.fd"] = ("The program.", "any program"),
        ["as"] = ("A name for the returned descriptor.", "no name"),
        ["object_load.as"] = ("A name for the object; its programs and maps are then also named `NAME.PROGRAM` and `NAME.MAP`.", "no name"),
        ["key"] = ("The key, `key_size` bytes.", "NULL"),
        ["map_get_next_key.key"] = ("The key to continue after; null for the first.", "NULL"),
        ["inner_key"] = ("The key in the inner map, its `key_size` bytes.", ""),
        ["value"] = ("The value, `value_size` bytes.", "NULL"),
        ["map_update_elem.value"] = (
            "The value. In a per-CPU map `pad8(value_size) x CPUs` bytes: the slots of all CPUs, in CPU order.", "`value_fd`"),
        ["value_fd"] = ("A descriptor instead of `value`, for maps of maps and program arrays.", "`value`"),
        ["keys"] = ("The keys, concatenated: `count` times `key_size` bytes.", ""),
        ["values"] = (
            "The values, concatenated. In a per-CPU map each has `pad8(value_size) x CPUs` bytes: the slots of all CPUs, in CPU order.", ""),
        ["count"] = ("The number of elements that the program passes or has room for.", ""),
        ["cursor"] = ("`start`: in_batch is NULL. `next`: it is what the last batch lookup on this descriptor wrote to out_batch.", "`start`"),
        ["values_size"] = (
            "The bytes that the program allocates for values. Another number than the right one is a bug to try.",
            "count x pad8(value_size) x CPUs"),
        ["cursor_size"] = (
            "The bytes that the program allocates for out_batch. Another number than the right one is a bug to try.",
            "`key_size`; under `--abi linux` 4 for a hash map"),
        ["opts"] = ("The bytes of the options, in place of `elem_flags` and `flags`; null is a NULL pointer.", "`elem_flags` and `flags`"),
        ["flags"] = ("Flags of the call.", "0"),
        ["map_update_elem.flags"] = ("0 any key, 1 a new key only, 2 an existing key only.", "0"),
        ["map_update_batch.flags"] = ("Must be 0.", "0"),
        ["map_lookup_batch.flags"] = ("Must be 0.", "0"),
        ["map_lookup_and_delete_batch.flags"] = ("Must be 0.", "0"),
        ["map_delete_batch.flags"] = ("Must be 0.", "0"),
        ["map_create.flags"] = ("Flags of the map.", "0"),
        ["helper_map_update_elem.flags"] = ("As of `map_update_elem`; checked only when an element is inserted.", "0"),
        ["helper_map_push_elem.flags"] = ("2 drops the oldest value of a full map.", "0"),
        ["helper_perf_event_output.flags"] = (
            "The low 32 bits are the CPU, all ones for the current one; bits 32 to 51 are the number of bytes of `ctx_data` to append.",
            "the current CPU"),
        ["xdp_attach.flags"] = ("1 replaces the attached program.", "0"),
        ["elem_flags"] = ("Of an update: 0 any key, 1 a new key only, 2 an existing key only. Of the others: must be 0.", "0"),
        ["map_lookup_and_delete_batch.elem_flags"] = ("Ignored.", "0"),
        ["cpu"] = ("The processor that the program runs on.", ""),
        ["prog_test_run.cpu"] = ("The processor that the program runs on.", "0"),
        ["type"] = ("Restricts the search to a type of object.", "`any`"),
        ["map_create.type"] = ("The map's type by bpftool's name; by its number for a type of an extension.", ""),
        ["name"] = ("The map's name.", ""),
        ["key_size"] = ("Bytes of a key.", ""),
        ["value_size"] = ("Bytes of a value; of one CPU's in a per-CPU map.", ""),
        ["max_entries"] = ("The number of elements; the size in bytes of a ring.", ""),
        ["inner_fd"] = ("The template that the inner maps of a map of maps must match.", "none"),
        ["path"] = ("The path.", ""),
        ["obj_get_next_path.path"] = ("The path to continue after.", "the first of all"),
        ["start_id"] = ("The id to continue after.", "0"),
        ["object_id"] = ("The id of the object.", ""),
        ["data"] = ("The bytes of the record.", ""),
        ["prog_attach.data"] = ("The attach data.", "that of `ifindex` or `compartment`"),
        ["prog_test_run.data"] = ("The data that the program works on.", "NULL"),
        ["network_packet.data"] = ("The bytes of the packet.", ""),
        ["max"] = ("The most records to read.", "all"),
        ["index"] = ("Of a perf event array: the CPU whose ring is meant.", "0"),
        ["ctx_data"] = ("The data of the program's context.", "none"),
        ["file"] = ("A module's file on the machine, such as `droppacket.sys`, or an object file of the host, such as `counter.o`.", ""),
        ["prog_load.type"] = ("The program's type by bpftool's name.", ""),
        ["prog_load.name"] = ("The program's name.", "the start of the instructions' SHA-256"),
        ["insns"] = ("The instructions, 8 bytes each. An `lddw` with source 1 has the number of a map's descriptor as its immediate.", ""),
        ["license"] = ("Ignored, as by eBPF for Windows.", "none"),
        ["prog_load.execution"] = ("The engine that runs it.", "`compiled`"),
        ["execution"] = ("How the programs run: `native` for a module; `compiled` or `interpreter` for an object file.", "`native` or `compiled`"),
        ["contents"] = ("The contents of an object file; `file` is then only its name.", "those of `file`"),
        ["pin_root"] = ("`pin_root_path`: the folder of the library's default paths for maps that are declared as pinned by name.", "none"),
        ["object"] = ("The name of a loaded module.", ""),
        ["attach_type"] = ("The attach type, by the name of its section.", "as the program's section says"),
        ["ifindex"] = ("The interface.", "1"),
        ["prog_attach.ifindex"] = ("The interface, as attach data.", "none"),
        ["compartment"] = ("The network compartment.", "1"),
        ["prog_attach.compartment"] = ("The network compartment, as attach data.", "none"),
        ["map_fd"] = ("The map.", ""),
        ["ctx"] = ("The context that the program gets.", "NULL"),
        ["data_size_out"] = ("Room for the data after the run, in bytes.", "4096"),
        ["ctx_size_out"] = ("Room for the context after the run, in bytes.", "4096"),
        ["repeat"] = ("The number of runs.", "1"),
        ["batch_size"] = ("Runs in each epoch.", "0"),
        ["event"] = ("The kind of event.", ""),
        ["protocol"] = ("The protocol.", "`tcp`"),
        ["local_address"] = ("The local address.", "any"),
        ["local_port"] = ("The local port.", "0"),
        ["remote_address"] = ("The remote address.", "any"),
        ["remote_port"] = ("The remote port.", "0"),
        ["process"] = ("The id of the process that the event belongs to.", "the script's"),
        ["application"] = ("The path of that process's program.", "none"),
        ["payload"] = ("Bytes after a packet's headers.", "0"),
        ["events_per_cpu"] = ("The number of events on each processor.", ""),
        ["seed"] = ("The same seed gives each processor the same events.", "0"),
        ["create_file.path"] = ("The device, as `\\\\.\\NAME` or `\\Device\\NAME`.", ""),
        ["create_file.as"] = ("A name for the handle.", "no name"),
        ["handle"] = ("The device's handle.", ""),
        ["code"] = ("The control code.", ""),
        ["input"] = ("The input buffer.", "NULL"),
        ["output_size"] = ("The size of the output buffer in bytes.", "0"),
        ["device_io_control.as"] = ("A name for the number of a request that is pending.", "no name"),
        ["request"] = ("The number of the request.", ""),
        ["timeout_ms"] = ("How long to wait, in milliseconds.", "0"),
        ["cmd"] = ("The command, without its prefix.", ""),
        ["attr"] = ("The bytes of the command's structure.", ""),
        ["size"] = ("The size that the program passes.", "that of `attr`"),
        ["us"] = ("Microseconds, at most a year's.", ""),
        ["message"] = ("The request with its 8-byte header.", ""),
        ["reply_size"] = ("The size of the reply buffer in bytes, 0 for none.", ""),
    };

    /// <summary>What a field means in an op, in Markdown; null if there are no words, which a test forbids.</summary>
    public static string? Means(ScriptOp op, ScriptField field) => Find(op, field)?.Means;

    /// <summary>What an omitted field stands for, in Markdown; empty for one that must be given.</summary>
    public static string Default(ScriptOp op, ScriptField field) =>
        field.Optional && Find(op, field) is { } words ? words.Default : string.Empty;

    /// <summary>A field's type, as a writer of scripts needs to know it, in Markdown.</summary>
    public static string Type(ScriptField field) => field.Kind switch
    {
        ScriptFieldKind.Descriptor => "descriptor: a name or a number",
        ScriptFieldKind.Bytes => "bytes in hex, or null",
        ScriptFieldKind.Number32 => "number, 32 bits",
        ScriptFieldKind.Number64 => "number, 64 bits",
        ScriptFieldKind.Processor => "processor, from 0",
        ScriptFieldKind.Microseconds => "number of microseconds",
        ScriptFieldKind.Text => "text, or null",
        ScriptFieldKind.MapType => "map type",
        ScriptFieldKind.Cursor => "`start` or `next`",
        ScriptFieldKind.NewName => "new name",
        ScriptFieldKind.Word => "one of " + string.Join(", ", field.Words.Select(w => $"`{w}`")),
        ScriptFieldKind.Address => "IP address",
        ScriptFieldKind.ControlCode => "number, its text in hex, or `CTL_CODE(…)`",
        ScriptFieldKind.ObjectName => "name of a loaded module",
        _ => field.Kind.ToString(),
    };

    private static (string Means, string Default)? Find(ScriptOp op, ScriptField field) =>
        s_words.TryGetValue($"{op.Name}.{field.Name}", out (string, string) own) || s_words.TryGetValue(field.Name, out own) ? own : null;
}

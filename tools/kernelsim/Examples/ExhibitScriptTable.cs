using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using KernelSim.LabScripts;
using KernelSim.Protocol;
using KernelSim.Protocol.Gate;
using KernelSim.Protocol.Messages;
using KernelSim.Tool.Museum.Exhibits;
using static KernelSim.Tool.Predict.Topics.CallLine;

namespace KernelSim.Tool.Examples;

/// <summary>How an exhibit is played by a lab script.</summary>
/// <param name="Write">Writes the lines; the second argument is whether the calling program makes the mistake.</param>
/// <param name="Cpus">Number of CPUs of the machine.</param>
internal sealed record ExhibitScript(Action<ScriptDraft, bool> Write, int Cpus = 4);

/// <summary>The exhibits as scripts, one row each. What a script cannot do as the exhibit does, a comment tells.</summary>
internal static class ExhibitScriptTable
{
    private const int KeyBytes = sizeof(uint);
    private const int CounterBytes = sizeof(ulong);
    private const int ValueBytes = 12;
    private const int AllSlots = 4 * 16;
    private const string Map = "m";

    private static readonly Dictionary<Type, ExhibitScript> s_rows = new()
    {
        [typeof(UnscaledBatch)] = new((draft, _) =>
        {
            Create(draft, "percpu_hash", KeyBytes, ValueBytes);
            Fill(draft, 8, AllSlots);
            draft.Add(Of("map_lookup_batch", ("fd", Map), ("count", 8)));
        }),
        [typeof(ShortUpdateBuffer)] = new((draft, errs) =>
        {
            Create(draft, "percpu_hash", KeyBytes, ValueBytes);
            int bytes = errs ? ValueBytes : AllSlots;
            draft.Say($"Values of {bytes} bytes.");
            draft.Add(Of(
                "map_update_batch",
                ("fd", Map),
                ("keys", Le(Enumerable.Range(1, 8), KeyBytes)),
                ("values", Le(Enumerable.Range(1, 8), bytes)),
                ("count", 8)));
            draft.Add(Of("helper_map_lookup_elem", ("fd", Map), ("key", Le(1, KeyBytes)), ("cpu", 0)));
        }),
        [typeof(UnscaledLookup)] = new((draft, _) =>
        {
            Create(draft, "percpu_hash", KeyBytes, ValueBytes);
            for (int cpu = 0; cpu < 4; cpu++)
            {
                draft.Add(Of(
                    "helper_map_update_elem", ("fd", Map), ("key", Le(80, KeyBytes)), ("value", Le(10 + cpu, ValueBytes)), ("cpu", cpu)));
            }

            draft.Add(Of("map_lookup_elem", ("fd", Map), ("key", Le(80, KeyBytes))));
        }),
        [typeof(FirstByteCleared)] = new((draft, _) =>
        {
            Create(draft, "hash", KeyBytes, CounterBytes);
            draft.Add(Of("close", ("fd", Map)));
            draft.Say("bpf_map_lookup_elem of the closed descriptor 3, key NULL, value NULL: who writes to the value first has a fault.");
            draft.Add(Of("bpf", ("cmd", "map_lookup_elem"), ("attr", Le(3, sizeof(ulong)) + Le(0, sizeof(ulong)) + Le(0, sizeof(ulong)))));
        }),
        [typeof(NullOptions)] = new((draft, _) =>
        {
            Create(draft, "hash", KeyBytes, CounterBytes);
            Fill(draft, 4, CounterBytes);
            draft.Say("opts is NULL.");
            draft.Add("""{"op":"map_lookup_batch","fd":"m","count":4,"opts":null}""");
        }),
        [typeof(ExactMultiple)] = new(
            (draft, _) =>
            {
                draft.Say("On 64 CPUs a value of 512 bytes has 32,768: one element fills a message.");
                Create(draft, "percpu_hash", KeyBytes, 512);
                draft.Add(Of("helper_map_update_elem", ("fd", Map), ("key", Le(1, KeyBytes)), ("value", Le(1, 512)), ("cpu", 0)));
                draft.Add(Of("map_lookup_batch", ("fd", Map), ("count", 2)));
            },
            Cpus: 64),
        [typeof(DeletedCursor)] = new((draft, _) =>
        {
            Create(draft, "hash", KeyBytes, CounterBytes);
            Fill(draft, 12, CounterBytes);
            string keys = draft.Add(Of("map_lookup_batch", ("fd", Map), ("count", 4))).GetProperty("keys").GetString()!;
            draft.Say("The last key of the batch is deleted.");
            draft.Add(Of("map_delete_elem", ("fd", Map), ("key", keys[^(2 * KeyBytes)..])));
            draft.Add(Of("map_lookup_batch", ("fd", Map), ("count", 4), ("cursor", "next")));
        }),
        [typeof(DrainedByCursor)] = new((draft, _) =>
        {
            Create(draft, "hash", KeyBytes, CounterBytes);
            Fill(draft, 12, CounterBytes);
            draft.Add(Of("map_lookup_and_delete_batch", ("fd", Map), ("count", 4)));
            draft.Add(Of("map_lookup_and_delete_batch", ("fd", Map), ("count", 4), ("cursor", "next")));
            draft.Add(Of("map_lookup_and_delete_batch", ("fd", Map), ("count", 4), ("cursor", "next")));
        }),
        [typeof(ReplyOfFailure)] = new((draft, _) =>
        {
            Create(draft, "hash", KeyBytes, CounterBytes);
            Fill(draft, 1, CounterBytes);
            draft.Add(Of("map_get_next_key", ("fd", Map)));
            draft.Say("After the last key.");
            draft.Add(Of("map_get_next_key", ("fd", Map), ("key", Le(1, KeyBytes))));
        }),
        [typeof(RestartedSubscriber)] = new(RestartSubscriber),
        [typeof(DeleteBeforeFirst)] = new((draft, _) =>
        {
            Create(draft, "hash", KeyBytes, CounterBytes);
            Fill(draft, 6, CounterBytes);
            draft.Add(Of("map_lookup_and_delete_batch", ("fd", Map), ("count", 6)));
            draft.Add(Of("map_get_next_key", ("fd", Map)));
        }),
        [typeof(MissingKey)] = new((draft, _) =>
        {
            Create(draft, "hash", KeyBytes, CounterBytes);
            Fill(draft, 5, CounterBytes);
            string first = draft.Add(Of("map_get_next_key", ("fd", Map))).GetProperty("next_key").GetString()!;
            draft.Add(Of("map_delete_elem", ("fd", Map), ("key", first)));
            draft.Say("The key after the one that is gone.");
            draft.Add(Of("map_get_next_key", ("fd", Map), ("key", first)));
        }),
        [typeof(KeptLink)] = new((draft, _) =>
        {
            Create(draft, "hash", KeyBytes, CounterBytes);
            draft.Add(Of("object_load", ("as", "o"), ("file", "cgroup_count_connect4.sys")));
            draft.Add(Of(
                "prog_attach_cgroup", ("fd", "o.count_connect4"), ("compartment", 1), ("attach_type", "cgroup/connect4")));
            draft.Say("The descriptor of the map is given for the program's.");
            draft.Add(Of("prog_detach_cgroup", ("fd", Map), ("compartment", 1), ("attach_type", "cgroup/connect4")));
            draft.Add(Of("prog_detach_cgroup", ("fd", "o.count_connect4"), ("compartment", 1), ("attach_type", "cgroup/connect4")));
            draft.Add(Of("object_close", ("object", "o")));
            draft.Say("Is there a link left?");
            draft.Add(Of("link_get_next_id"));
        }),
        [typeof(DividedByKeySize)] = new((draft, _) =>
        {
            Create(draft, "queue", 0, KeyBytes);
            NtHandle map = OpenMap(draft);
            draft.Say("A batch delete for the queue, as a message of its own.");
            MapDeleteElementBatchRequest request = new()
            {
                Header = new OperationHeader { Length = MapDeleteElementBatchRequest.TailOffset, Id = EbpfOperationId.MapDeleteElementBatch },
                Handle = map,
            };
            Send<MapDeleteElementBatchRequest, MapDeleteElementBatchReply>(draft, request);
        }),
        [typeof(CursorOfFourBytes)] = new((draft, errs) =>
        {
            const int LongKey = 40;
            Create(draft, "hash", LongKey, CounterBytes);
            for (int i = 1; i <= 4; i++)
            {
                draft.Add(Of("map_update_elem", ("fd", Map), ("key", Le(i, LongKey)), ("value", Le(i, CounterBytes))));
            }

            draft.Add(Of("map_lookup_batch", ("fd", Map), ("count", 4), ("cursor_size", errs ? KeyBytes : LongKey)));
        }),
        [typeof(OneValueBuffer)] = new((draft, errs) =>
        {
            Create(draft, "percpu_hash", KeyBytes, ValueBytes);
            Fill(draft, 1, AllSlots);
            int bytes = errs ? ValueBytes : AllSlots;
            draft.Say($"Room for {bytes} bytes, in a batch of one element: a single look-up of a script always has the right size.");
            draft.Add(Of("map_lookup_batch", ("fd", Map), ("count", 1), ("values_size", bytes)));
        }),
        [typeof(ForgottenPadding)] = new((draft, errs) =>
        {
            Create(draft, "percpu_array", KeyBytes, ValueBytes, maxEntries: 1);
            int slot = errs ? ValueBytes : 16;
            draft.Say($"Slots of {slot} bytes, in an update: a look-up of a script always has the right size.");
            draft.Add(Of(
                "map_update_elem", ("fd", Map), ("key", Le(0, KeyBytes)), ("value", Le(Enumerable.Range(1, 4), slot))));
            draft.Add(Of("map_lookup_elem", ("fd", Map), ("key", Le(0, KeyBytes))));
        }),
    };

    /// <summary>The script of an exhibit.</summary>
    /// <exception cref="InvalidOperationException">It has none, which a test forbids.</exception>
    public static ExhibitScript For(IExhibit exhibit) => s_rows.GetValueOrDefault(exhibit.GetType())
        ?? throw new InvalidOperationException($"the exhibit {exhibit.Label.Id} has no row in {nameof(ExhibitScriptTable)}");

    private static void Create(ScriptDraft draft, string type, int keyBytes, int valueBytes, int maxEntries = 64) =>
        draft.Add(Of(
            "map_create",
            ("as", Map),
            ("type", type),
            ("name", "exhibit"),
            ("key_size", keyBytes),
            ("value_size", valueBytes),
            ("max_entries", maxEntries)));

    /// <summary>Elements with the keys 1, 2, 3 and so on; the value of each begins with its key.</summary>
    private static void Fill(ScriptDraft draft, int count, int valueBytes)
    {
        for (int i = 1; i <= count; i++)
        {
            draft.Add(Of("map_update_elem", ("fd", Map), ("key", Le(i, KeyBytes)), ("value", Le(i, valueBytes))));
        }
    }

    /// <summary>#3001, by messages: a query that waits for records is pending until there is one.</summary>
    private static void RestartSubscriber(ScriptDraft draft, bool errs)
    {
        const string Record = "61207265636f7264";
        draft.Add(Of(
            "map_create", ("as", Map), ("type", "ringbuf"), ("name", "exhibit"), ("key_size", 0), ("value_size", 0), ("max_entries", 4096)));
        NtHandle map = OpenMap(draft);
        draft.Add(Of("ring_buffer_map_write", ("fd", Map), ("data", Record)));
        draft.Say("The first subscriber reads the record, returns it with the next query, and ends.");
        Query(draft, map, 0, "first");
        JsonElement first = draft.Add(Of("get_overlapped_result", ("request", "first")));
        ulong produced = Reply<MapAsyncQueryReply>(first).AsyncQueryResult.Producer;
        Query(draft, map, produced, "returned");
        draft.Add(Of("cancel_io", ("handle", "device")));
        draft.Add(Of("get_overlapped_result", ("request", "returned")));
        draft.Say($"The second one begins at {(errs ? "zero" : "the ring's offset")}.");
        JsonElement second = Query(draft, map, errs ? 0 : produced, "second");
        draft.Add(Of("ring_buffer_map_write", ("fd", Map), ("data", Record)));
        if (second.TryGetProperty("request", out _))
        {
            draft.Add(Of("get_overlapped_result", ("request", "second")));
        }
    }

    private static JsonElement Query(ScriptDraft draft, NtHandle map, ulong offset, string name)
    {
        MapAsyncQueryRequest request = new()
        {
            Header = new OperationHeader { Length = (ushort)Unsafe.SizeOf<MapAsyncQueryRequest>(), Id = EbpfOperationId.MapAsyncQuery },
            MapHandle = map,
            ConsumerOffset = offset,
        };
        return Send<MapAsyncQueryRequest, MapAsyncQueryReply>(draft, request, name);
    }

    /// <summary>Opens the device, and a handle of the first map of the machine, for messages.</summary>
    private static NtHandle OpenMap(ScriptDraft draft)
    {
        uint id = draft.Add(Of("map_get_next_id")).GetProperty("next_id").GetUInt32();
        draft.Add(Of("create_file", ("as", "device"), ("path", EbpfDevice.Win32Name.Replace("\\", "\\\\", StringComparison.Ordinal))));
        GetHandleByIdRequest request = new()
        {
            Header = new OperationHeader { Length = (ushort)Unsafe.SizeOf<GetHandleByIdRequest>(), Id = EbpfOperationId.GetMapHandleById },
            Id = id,
        };
        draft.Say("A handle of the map, for messages without the library.");
        return Reply<GetHandleByIdReply>(Send<GetHandleByIdRequest, GetHandleByIdReply>(draft, request)).Handle;
    }

    private static T Reply<T>(JsonElement sent)
        where T : unmanaged => MemoryMarshal.Read<T>(Convert.FromHexString(sent.GetProperty("output").GetString()!));

    private static JsonElement Send<TRequest, TReply>(ScriptDraft draft, TRequest request, string? name = null)
        where TRequest : unmanaged
        where TReply : unmanaged => draft.Add(Of(
        "device_io_control",
        ("as", name),
        ("handle", "device"),
        ("code", $"0x{EbpfDevice.ControlCode.Value:x8}"),
        ("input", Hex.Of(StructBytes.Of(request))),
        ("output_size", Unsafe.SizeOf<TReply>())));
}

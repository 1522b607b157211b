using System.Text.Json;
using KernelSim.HostBpf;

namespace KernelSim.EndToEnd.Tests.Host;

/// <summary>
/// Runs lines of lab scripts about maps on the host's kernel: its own map types, its own bpf(2). An outcome is what both sides can be asked for:
/// the return value, values, counts, and the elements of a batch as a set.
/// </summary>
internal sealed class HostScript : IDisposable
{
    private static readonly Dictionary<string, HostMapType> s_types = new()
    {
        ["hash"] = HostMapType.Hash,
        ["array"] = HostMapType.Array,
        ["prog_array"] = HostMapType.ProgramArray,
        ["percpu_hash"] = HostMapType.PerCpuHash,
        ["percpu_array"] = HostMapType.PerCpuArray,
        ["lru_hash"] = HostMapType.LruHash,
        ["lru_percpu_hash"] = HostMapType.LruPerCpuHash,
        ["lpm_trie"] = HostMapType.LpmTrie,
        ["array_of_maps"] = HostMapType.ArrayOfMaps,
        ["hash_of_maps"] = HostMapType.HashOfMaps,
        ["queue"] = HostMapType.Queue,
        ["stack"] = HostMapType.Stack,
        ["ringbuf"] = HostMapType.RingBuffer,
        ["unspec"] = 0,
    };

    // EPERM, EINVAL, ENOTSUPP: the call did not begin, and the count is as it was.
    private static readonly int[] s_refusals = [-1, -22, -524];

    private readonly Dictionary<string, OpenMap> _maps = [];

    /// <summary>Makes the call of a line, and describes its outcome.</summary>
    public string Run(string text)
    {
        JsonElement line = ToolRun.Parse(text);
        string op = line.GetProperty("op").GetString()!;
        if (op == "map_create")
        {
            return Create(line);
        }

        OpenMap map = _maps[line.GetProperty("fd").GetString()!];
        return op switch
        {
            "map_update_elem" => $"{map.Host.Update(Bytes(line, "key"), Value(line), Number(line, "flags"))}",
            "map_delete_elem" => $"{map.Host.Delete(Bytes(line, "key"))}",
            "map_lookup_elem" => Lookup(map, line, delete: false),
            "map_lookup_and_delete_elem" => Lookup(map, line, delete: true),
            "map_get_next_key" => NextKey(map, line),
            "map_update_batch" => Batch(line, (ref uint n) => map.Host.UpdateBatch(
                Bytes(line, "keys"), Bytes(line, "values"), ref n, Number(line, "elem_flags"), Number(line, "flags"))),
            "map_delete_batch" => Batch(line, (ref uint n) => map.Host.DeleteBatch(
                Bytes(line, "keys"), ref n, Number(line, "elem_flags"), Number(line, "flags"))),
            "map_lookup_batch" => LookupBatch(map, line, delete: false),
            "map_lookup_and_delete_batch" => LookupBatch(map, line, delete: true),
            _ => throw new ArgumentException(op),
        };
    }

    /// <summary>Describes the outcome that the simulator printed for a line.</summary>
    public string OutcomeOf(string text, JsonElement result)
    {
        JsonElement line = ToolRun.Parse(text);
        string op = line.GetProperty("op").GetString()!;
        long ret = result.GetProperty("ret").GetInt64();
        if (op == "map_create")
        {
            return ret >= 0 ? "created" : $"{ret}";
        }

        OpenMap map = _maps[line.GetProperty("fd").GetString()!];
        string outcome = $"{ret}";
        if (result.TryGetProperty("value", out JsonElement value))
        {
            outcome += map.HoldsObjects ? " id" : $" {value.GetString()}";
        }

        if (result.TryGetProperty("next_key", out JsonElement next))
        {
            outcome += $" {next.GetString()}";
        }

        if (result.TryGetProperty("count", out JsonElement count))
        {
            outcome += $" count {count.GetUInt32()}";
            if (result.TryGetProperty("keys", out JsonElement keys))
            {
                byte[] values = Convert.FromHexString(result.GetProperty("values").GetString()!);
                outcome += Elements(map, count.GetUInt32(), Convert.FromHexString(keys.GetString()!), values);
            }
        }

        return outcome;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (OpenMap map in _maps.Values)
        {
            map.Host.Dispose();
        }
    }

    private static byte[] Bytes(JsonElement line, string field) =>
        line.TryGetProperty(field, out JsonElement hex) && hex.ValueKind == JsonValueKind.String ? Convert.FromHexString(hex.GetString()!) : [];

    private static ulong Number(JsonElement line, string field) => line.TryGetProperty(field, out JsonElement number) ? number.GetUInt64() : 0;

    private static string Elements(OpenMap map, uint count, byte[] keys, byte[] values) => count == 0
        ? ""
        : " " + string.Join(' ', Enumerable.Range(0, (int)count).Select(i =>
            Convert.ToHexStringLower(keys.AsSpan(i * map.KeySize, map.KeySize))
            + (map.HoldsObjects ? "" : ":" + Convert.ToHexStringLower(values.AsSpan(i * map.ValueBytes, map.ValueBytes))))
            .Order(StringComparer.Ordinal));

    private static string Lookup(OpenMap map, JsonElement line, bool delete)
    {
        byte[] value = new byte[Math.Max(map.ValueBytes, sizeof(uint))];
        byte[] key = Bytes(line, "key");
        int ret = delete ? map.Host.LookupAndDelete(key, value) : map.Host.Lookup(key, value);
        return ret != 0 ? $"{ret}" : map.HoldsObjects ? "0 id" : $"0 {Convert.ToHexStringLower(value.AsSpan(0, map.ValueBytes))}";
    }

    private static string NextKey(OpenMap map, JsonElement line)
    {
        byte[] next = new byte[Math.Max(map.KeySize, sizeof(uint))];
        int ret = map.Host.GetNextKey(Bytes(line, "key"), next);
        return ret == 0 ? $"0 {Convert.ToHexStringLower(next.AsSpan(0, map.KeySize))}" : $"{ret}";
    }

    private static string Batch(JsonElement line, BatchRun run)
    {
        uint count = (uint)Number(line, "count");
        int ret = run(ref count);
        return $"{ret} count {count}";
    }

    private static string LookupBatch(OpenMap map, JsonElement line, bool delete)
    {
        uint count = (uint)Number(line, "count");
        byte[] keys = new byte[Math.Max(1, count * map.KeySize)];
        byte[] values = new byte[Math.Max(1, count * map.ValueBytes)];
        bool next = line.TryGetProperty("cursor", out JsonElement cursor) && cursor.GetString() == "next";
        byte[] from = next ? map.Cursor : [];
        byte[] to = new byte[Math.Max(map.KeySize, sizeof(uint))];
        (ulong elemFlags, ulong flags) = (Number(line, "elem_flags"), Number(line, "flags"));
        int ret = delete
            ? map.Host.LookupAndDeleteBatch(from, to, keys, values, ref count, elemFlags, flags)
            : map.Host.LookupBatch(from, to, keys, values, ref count, elemFlags, flags);
        bool delivered = ret == 0 || (!s_refusals.Contains(ret) && count > 0);
        if (delivered)
        {
            map.Cursor = to;
        }

        return $"{ret} count {count}{(delivered ? Elements(map, count, keys, values) : "")}";
    }

    private byte[] Value(JsonElement line) => line.TryGetProperty("value_fd", out JsonElement name)
        ? BitConverter.GetBytes(name.ValueKind == JsonValueKind.String ? _maps[name.GetString()!].Host.Descriptor : name.GetInt32())
        : Bytes(line, "value");

    private string Create(JsonElement line)
    {
        string type = line.GetProperty("type").GetString()!;
        uint keySize = (uint)Number(line, "key_size");
        uint valueSize = (uint)Number(line, "value_size");
        int inner = line.TryGetProperty("inner_fd", out JsonElement name) ? _maps[name.GetString()!].Host.Descriptor : 0;
        int ret = HostBpfMap.TryCreate(
            s_types[type], keySize, valueSize, (uint)Number(line, "max_entries"), (uint)Number(line, "flags"), inner, out HostBpfMap? map);
        if (map is null)
        {
            return $"{ret}";
        }

        string label = line.TryGetProperty("as", out JsonElement given) ? given.GetString()! : $"unnamed {_maps.Count}";
        int valueBytes = type.Contains("percpu", StringComparison.Ordinal) ? ((int)valueSize + 7) / 8 * 8 * HostBpfMap.PossibleCpus : (int)valueSize;
        _maps[label] = new OpenMap(map, (int)keySize, valueBytes, type.EndsWith("_of_maps", StringComparison.Ordinal) || type == "prog_array");
        return "created";
    }

    private delegate int BatchRun(ref uint count);

    private sealed record OpenMap(HostBpfMap Host, int KeySize, int ValueBytes, bool HoldsObjects)
    {
        public byte[] Cursor { get; set; } = [];
    }
}

using System.Globalization;
using System.Text.Json;

namespace KernelSim.Debugger.Output;

/// <summary>
/// What the cells of a column are, which decides how they are written as text and as JSON. A command picks a kind and gives plain values. Null is
/// an empty cell, in JSON null.
/// </summary>
internal sealed class ColumnKind
{
    private readonly Func<object, object> _text;
    private readonly Action<Utf8JsonWriter, object> _json;

    private readonly Func<JsonElement, object> _read;

    private ColumnKind(Func<object, object> text, Action<Utf8JsonWriter, object> json, Func<JsonElement, object> read) =>
        (_text, _json, _read) = (text, json, read);

    /// <summary>A number: an integer of any size. In JSON a number.</summary>
    public static ColumnKind Number { get; } = new(v => v, WriteNumber, ReadNumber);

    /// <summary>A number of bytes.</summary>
    public static ColumnKind ByteCount { get; } = new(v => v, WriteNumber, ReadNumber);

    /// <summary>An address, a <see cref="ulong"/>. In JSON a string such as <c>0xffff800000010010</c>.</summary>
    public static ColumnKind Pointer { get; } = new(Hex, (json, v) => json.WriteStringValue(Hex(v)), j => ReadHex(j));

    /// <summary>A name or any other text.</summary>
    public static ColumnKind Text { get; } = new(v => v.ToString()!, (json, v) => json.WriteStringValue(v.ToString()), j => j.GetString()!);

    /// <summary>Bytes in memory order, a <see cref="byte"/> array. In JSON a string of lower-case hex digits without separators.</summary>
    public static ColumnKind Bytes { get; } = new(
        v => Spaced((byte[])v),
        (json, v) => json.WriteStringValue(Convert.ToHexStringLower((byte[])v)),
        j => Convert.FromHexString(j.GetString()!));

    /// <summary>Yes or no. In JSON a boolean.</summary>
    public static ColumnKind Flag { get; } = new(v => (bool)v ? "yes" : "no", (json, v) => json.WriteBooleanValue((bool)v), j => j.GetBoolean());

    /// <summary>Several texts. In JSON an array of strings.</summary>
    public static ColumnKind Texts { get; } = new(
        v => string.Join(", ", (IEnumerable<string>)v),
        (json, v) => WriteArray(json, (IEnumerable<string>)v, (j, s) => j.WriteStringValue(s)),
        j => j.EnumerateArray().Select(e => e.GetString()!).ToArray());

    /// <summary>Several runs of bytes. In JSON an array of strings of hex digits.</summary>
    public static ColumnKind ByteRuns { get; } = new(
        v => string.Join(", ", ((IEnumerable<byte[]>)v).Select(Spaced)),
        (json, v) => WriteArray(json, (IEnumerable<byte[]>)v, (j, b) => j.WriteStringValue(Convert.ToHexStringLower(b))),
        j => j.EnumerateArray().Select(e => Convert.FromHexString(e.GetString()!)).ToArray());

    /// <summary>All kinds: a kind's place is its number between two processes of one version.</summary>
    public static IReadOnlyList<ColumnKind> All { get; } = [Number, ByteCount, Pointer, Text, Bytes, Flag, Texts, ByteRuns];

    /// <summary>A cell as text: a string, or a number.</summary>
    public object TextOf(object? value) => value is null ? "" : _text(value);

    /// <summary>Writes a cell as JSON.</summary>
    public void Write(Utf8JsonWriter json, object? value)
    {
        if (value is null)
        {
            json.WriteNullValue();
        }
        else
        {
            _json(json, value);
        }
    }

    /// <summary>A cell that <see cref="Write"/> has written.</summary>
    public object? Read(JsonElement json) => json.ValueKind == JsonValueKind.Null ? null : _read(json);

    private static object ReadNumber(JsonElement json) => json.TryGetInt64(out long number) ? number : json.GetUInt64();

    private static ulong ReadHex(JsonElement json) =>
        ulong.Parse(json.GetString()![2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static string Hex(object address) => $"0x{Convert.ToUInt64(address, CultureInfo.InvariantCulture):x}";

    private static string Spaced(byte[] bytes) => string.Join(' ', bytes.Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));

    private static void WriteNumber(Utf8JsonWriter json, object value)
    {
        if (value is ulong large)
        {
            json.WriteNumberValue(large);
        }
        else
        {
            json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
        }
    }

    private static void WriteArray<T>(Utf8JsonWriter json, IEnumerable<T> values, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray();
        foreach (T value in values)
        {
            write(json, value);
        }

        json.WriteEndArray();
    }
}

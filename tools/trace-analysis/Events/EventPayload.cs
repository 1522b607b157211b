using System.Globalization;

namespace KernelSim.TraceAnalysis.Events;

/// <summary>An event's fields by name, in the order of its manifest. Values are integers and strings only.</summary>
/// <remarks>
/// A trace may come from another version of the simulator: a missing field reads as 0 or as the empty string, and an unknown one
/// is kept, so that it can be listed.
/// </remarks>
public sealed class EventPayload
{
    private readonly string[] _names;
    private readonly object?[] _values;

    /// <summary>Creates a payload from the fields of a recorder or file; events of one kind may share the names.</summary>
    public EventPayload(IReadOnlyList<string> names, IReadOnlyList<object?> values)
    {
        _names = names as string[] ?? [.. names];
        _values = values as object?[] ?? [.. values];
    }

    /// <summary>The number of fields.</summary>
    public int Count => _names.Length;

    /// <summary>The names: the same object for all events of a kind that a reader made.</summary>
    internal string[] Names => _names;

    /// <summary>The values.</summary>
    internal object?[] Values => _values;

    /// <summary>The field at a position: its name and its value, an integer or a string.</summary>
    public (string Name, object? Value) this[int index] => (_names[index], _values[index]);

    /// <summary>Whether the event has a field of this name.</summary>
    public bool Has(string name) => Find(name) is not null;

    /// <summary>A field as a signed integer.</summary>
    public long Int64(string name) => ToInt64(Find(name));

    /// <summary>A field as a 32-bit integer.</summary>
    public int Int32(string name) => unchecked((int)Int64(name));

    /// <summary>A field as an address or an id.</summary>
    public ulong UInt64(string name) => unchecked((ulong)Int64(name));

    /// <summary>A field as text.</summary>
    public string Text(string name) => ToText(Find(name));

    /// <summary>The position of a field; -1 if there is none of this name.</summary>
    /// <param name="name">Name of the field.</param>
    /// <param name="start">The position to look at first; the search goes around the end.</param>
    internal int IndexOf(string name, int start = 0)
    {
        for (int i = 0; i < _names.Length; i++)
        {
            int index = start + i < _names.Length ? start + i : start + i - _names.Length;
            if (_names[index] == name)
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>A value as a signed integer; 0 if it is missing or not a number.</summary>
    internal static long ToInt64(object? value) => value switch
    {
        null => 0,
        long number => number,
        int number => number,
        ulong number => unchecked((long)number),
        string text => long.TryParse(text, CultureInfo.InvariantCulture, out long number) ? number : 0,
        _ => Convert.ToInt64(value, CultureInfo.InvariantCulture),
    };

    /// <summary>A value as text; empty if it is missing.</summary>
    internal static string ToText(object? value) => value as string ?? Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;

    /// <summary>The sequence number, which is the last field of every event; 0 if there is none.</summary>
    internal ulong Sequence =>
        IndexOf("sequence", Math.Max(_names.Length - 1, 0)) is >= 0 and var index ? unchecked((ulong)ToInt64(_values[index])) : 0;

    private object? Find(string name) => IndexOf(name) is >= 0 and var index ? _values[index] : null;
}

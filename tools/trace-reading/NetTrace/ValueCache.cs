namespace KernelSim.TraceAnalysis.NetTrace;

/// <summary>
/// The last values of one field, as objects: most events have small numbers, or a number or a text that one of the last events of their kind
/// had. They share the object.
/// </summary>
internal sealed class ValueCache
{
    private const int LeastSmall = -1;
    private const int MostSmall = 255;

    private static readonly object[] s_int32 = [.. Enumerable.Range(LeastSmall, MostSmall - LeastSmall + 1).Select(n => (object)n)];
    private static readonly object[] s_int64 = [.. Enumerable.Range(LeastSmall, MostSmall - LeastSmall + 1).Select(n => (object)(long)n)];

    private readonly string?[] _texts = new string?[8];
    private long _number;
    private object? _boxed;

    /// <summary>A number as an object of its field's type.</summary>
    public object Box(long number, FieldType type)
    {
        if (_boxed is not null && _number == number)
        {
            return _boxed;
        }

        bool isSmall = number is >= LeastSmall and <= MostSmall;
        object boxed = type switch
        {
            FieldType.Int64 => isSmall ? s_int64[number - LeastSmall] : number,
            FieldType.UInt64 => unchecked((ulong)number),
            FieldType.UInt32 => unchecked((uint)number),
            _ => isSmall ? s_int32[number - LeastSmall] : (int)number,
        };
        (_number, _boxed) = (number, boxed);
        return boxed;
    }

    /// <summary>A text as a string, of this cache or of a pool for all fields.</summary>
    public string Share(ReadOnlySpan<char> text, TextPool pool)
    {
        ref string? last = ref _texts[text.IsEmpty ? 0 : (text.Length + text[^1]) & (_texts.Length - 1)];
        return last is not null && text.SequenceEqual(last) ? last : last = pool.Share(text);
    }
}

using System.Runtime.CompilerServices;

namespace KernelSim.Tracing;

/// <summary>One payload field before it is written: an integer of 4 or 8 bytes, or a string.</summary>
internal readonly struct EventField
{
    private EventField(string text) => Text = text;

    private EventField(long number, int size)
    {
        Number = number;
        Size = size;
    }

    /// <summary>The string; null if the field is an integer.</summary>
    public string? Text { get; }

    /// <summary>The integer, its low <see cref="Size"/> bytes first.</summary>
    public long Number { get; }

    /// <summary>Size of the integer on the wire, in bytes.</summary>
    public int Size { get; }

    /// <summary>Packs a value without boxing it; the type tests are constants to the compiler.</summary>
    /// <exception cref="NotSupportedException">
    /// Payloads can only hold 32- and 64-bit integers, enums of 32 bits, and strings: nothing else decodes everywhere.
    /// </exception>
    public static EventField Of<T>(T value)
    {
        if (typeof(T) == typeof(string))
        {
            return new EventField(Unsafe.As<T, string?>(ref value) ?? string.Empty);
        }

        if (typeof(T).IsEnum && Unsafe.SizeOf<T>() == sizeof(uint))
        {
            return new EventField(Unsafe.As<T, uint>(ref value), sizeof(uint));
        }

        if (typeof(T) == typeof(int) || typeof(T) == typeof(uint))
        {
            return new EventField(Unsafe.As<T, uint>(ref value), sizeof(uint));
        }

        if (typeof(T) == typeof(long) || typeof(T) == typeof(ulong))
        {
            return new EventField(Unsafe.As<T, long>(ref value), sizeof(ulong));
        }

        throw new NotSupportedException($"An event payload cannot hold a {typeof(T).Name}.");
    }
}

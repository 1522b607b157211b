using System.Buffers.Binary;

namespace KernelSim.Protocol.Messages;

/// <summary>The smallest or largest allowed value of a field: a constant, or one taken from the message itself.</summary>
public readonly record struct FieldBound
{
    private readonly Source _source;
    private readonly int _value;

    private FieldBound(Source source, int value)
    {
        _source = source;
        _value = value;
    }

    private enum Source : byte
    {
        Constant,
        HeaderLength,
        Field,
    }

    /// <summary>A constant bound.</summary>
    public static FieldBound Constant(int value) => new(Source.Constant, value);

    /// <summary>The message's length, as its header gives it, minus a number of bytes.</summary>
    public static FieldBound HeaderLengthLess(int bytes) => new(Source.HeaderLength, bytes);

    /// <summary>The value of another 16-bit field of the message.</summary>
    public static FieldBound Field(int offset) => new(Source.Field, offset);

    /// <summary>The bound for a message whose header and fixed part have been checked.</summary>
    internal long In(ReadOnlySpan<byte> message, ushort headerLength) => _source switch
    {
        Source.Constant => _value,
        Source.HeaderLength => headerLength - _value,
        _ => BinaryPrimitives.ReadUInt16LittleEndian(message[_value..]),
    };
}

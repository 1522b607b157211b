using System.Buffers.Binary;

namespace KernelSim.Protocol.Tests;

/// <summary>Makes messages byte by byte, so that no layout under test takes part.</summary>
internal static class MessageBuilder
{
    public static byte[] Message(int bufferLength, int headerLength, uint id)
    {
        byte[] message = new byte[bufferLength];
        BinaryPrimitives.WriteUInt16LittleEndian(message, (ushort)headerLength);
        BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(4), id);
        return message;
    }

    public static byte[] With(this byte[] message, int offset, int width, long value)
    {
        if (width == 2)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(message.AsSpan(offset), (ushort)value);
        }
        else
        {
            BinaryPrimitives.WriteUInt32LittleEndian(message.AsSpan(offset), (uint)value);
        }

        return message;
    }
}

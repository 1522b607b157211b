using System.Runtime.CompilerServices;

namespace KernelSim.Protocol.Messages;

/// <summary>The size of an operation's request or reply.</summary>
/// <param name="Kind">Whether there is such a message, and whether it has a tail.</param>
/// <param name="Minimum">Size of the fixed part in bytes: the exact size without a tail, 0 without a message.</param>
public readonly record struct MessageShape(MessageKind Kind, int Minimum)
{
    /// <summary>No message.</summary>
    public static readonly MessageShape None;

    /// <summary>A message that is exactly <typeparamref name="T"/>.</summary>
    public static MessageShape Fixed<T>()
        where T : unmanaged => new(MessageKind.Fixed, Unsafe.SizeOf<T>());

    /// <summary>A message that starts with <typeparamref name="T"/> and has a tail, which may be empty.</summary>
    public static MessageShape Variable<T>()
        where T : unmanaged => new(MessageKind.Variable, Unsafe.SizeOf<T>());

    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        MessageKind.None => "none",
        MessageKind.Fixed => $"{Minimum} bytes",
        _ => $"{Minimum} bytes or more",
    };
}

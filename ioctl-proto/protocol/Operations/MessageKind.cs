namespace KernelSim.Protocol.Messages;

/// <summary>Whether an operation has a request or reply, and whether its size varies.</summary>
public enum MessageKind
{
    /// <summary>There is no such message: the operation has no reply.</summary>
    None,

    /// <summary>Always the same size.</summary>
    Fixed,

    /// <summary>A fixed part and a tail.</summary>
    Variable,
}

namespace KernelSim.Protocol.Messages;

/// <summary>The protocol's description of one operation: shapes of its messages, privilege, and the validator's rules.</summary>
public sealed class OperationRow
{
    private readonly FieldRule[] _fieldRules;

    /// <param name="id">The operation that the row is about.</param>
    /// <param name="request">Shape of the request.</param>
    /// <param name="reply">Shape of the reply.</param>
    /// <param name="modes">The execution modes that the operation serves.</param>
    /// <param name="privileged">Whether the caller must be privileged.</param>
    /// <param name="async">Whether a request may stay pending.</param>
    /// <param name="body">The validator's rules for fields; null if it does not know the operation's body.</param>
    internal OperationRow(
        EbpfOperationId id, MessageShape request, MessageShape reply, OperationModes modes, bool privileged, bool async, FieldRule[]? body)
    {
        Id = id;
        Name = SnakeCase(id.ToString());
        UpstreamName = "EBPF_OPERATION_" + Name.ToUpperInvariant();
        Request = request;
        Reply = reply;
        Modes = modes;
        IsPrivileged = privileged;
        IsAsync = async;
        HasBodyRule = body is not null;
        _fieldRules = body ?? [];
    }

    /// <summary>The operation that the row is about.</summary>
    public EbpfOperationId Id { get; }

    /// <summary>The operation's name, as in upstream's handlers: <c>map_find_element</c>.</summary>
    public string Name { get; }

    /// <summary>The C name: <c>EBPF_OPERATION_MAP_FIND_ELEMENT</c>.</summary>
    public string UpstreamName { get; }

    /// <summary>Shape of the request.</summary>
    public MessageShape Request { get; }

    /// <summary>Shape of the reply.</summary>
    public MessageShape Reply { get; }

    /// <summary>The execution modes that the operation serves.</summary>
    public OperationModes Modes { get; }

    /// <summary>True when the caller's token must pass the privileged security descriptor.</summary>
    public bool IsPrivileged { get; }

    /// <summary>True when the request may stay pending and be cancelled.</summary>
    public bool IsAsync { get; }

    /// <summary>
    /// True when the validator knows the operation's body: the header's length must then cover the fixed part, and
    /// <see cref="FieldRules"/> must hold. Otherwise the length need only cover the header.
    /// </summary>
    public bool HasBodyRule { get; }

    /// <summary>The validator's rules for single fields, in order.</summary>
    public ReadOnlySpan<FieldRule> FieldRules => _fieldRules;

    /// <summary>The smallest valid length in the header.</summary>
    public int MinimumHeaderLength => HasBodyRule ? Request.Minimum : OperationHeader.ByteCount;

    /// <summary>
    /// True when the input buffer may be longer than <see cref="Request"/>. For the one operation that is asynchronous and has no reply,
    /// upstream compares with "at least", although its request is fixed.
    /// </summary>
    public bool AcceptsLongerInput => Request.Kind == MessageKind.Variable || (IsAsync && Reply.Kind == MessageKind.None);

    /// <summary>The modes and the privilege as upstream's handler table packs them: bits 0 to 2, and bit 3.</summary>
    public int UpstreamFlags => (int)Modes | (IsPrivileged ? 8 : 0);

    /// <inheritdoc/>
    public override string ToString() => $"{(uint)Id} {Name}";

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "_") + char.ToLowerInvariant(c) : c.ToString()));
}

namespace KernelSim.Protocol.Messages;

/// <summary>What the protocol says of one operation: the shapes of its messages, who may ask, and the validator's rules.</summary>
public sealed class OperationRow
{
    private readonly FieldRule[] _fieldRules;

    /// <param name="id">The operation.</param>
    /// <param name="request">The request's shape.</param>
    /// <param name="reply">The reply's shape.</param>
    /// <param name="modes">The ways of running programs that the operation serves.</param>
    /// <param name="privileged">Whether only privileged callers may ask.</param>
    /// <param name="async">Whether a request may stay pending.</param>
    /// <param name="body">The validator's rules for single fields; null when it does not know the body at all.</param>
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

    /// <summary>The operation.</summary>
    public EbpfOperationId Id { get; }

    /// <summary>Its name, as upstream's handlers have it: <c>map_find_element</c>.</summary>
    public string Name { get; }

    /// <summary>The C name: <c>EBPF_OPERATION_MAP_FIND_ELEMENT</c>.</summary>
    public string UpstreamName { get; }

    /// <summary>The request's shape.</summary>
    public MessageShape Request { get; }

    /// <summary>The reply's shape.</summary>
    public MessageShape Reply { get; }

    /// <summary>The ways of running programs that the operation serves.</summary>
    public OperationModes Modes { get; }

    /// <summary>True when only a caller whose token passes the privileged security descriptor may ask.</summary>
    public bool IsPrivileged { get; }

    /// <summary>True when the request may stay pending and be cancelled.</summary>
    public bool IsAsync { get; }

    /// <summary>
    /// True when the validator knows the operation's body: the header's length must then cover the fixed part, and
    /// <see cref="FieldRules"/> hold. Else the length need only cover the header.
    /// </summary>
    public bool HasBodyRule { get; }

    /// <summary>What the validator asks of single fields, in order.</summary>
    public ReadOnlySpan<FieldRule> FieldRules => _fieldRules;

    /// <summary>The least that the header's length may say.</summary>
    public int MinimumHeaderLength => HasBodyRule ? Request.Minimum : OperationHeader.ByteCount;

    /// <summary>
    /// True when the input buffer may be longer than <see cref="Request"/> says. Upstream compares the one operation that is
    /// asynchronous and has no reply with "at least", although its request is fixed.
    /// </summary>
    public bool AcceptsLongerInput => Request.Kind == MessageKind.Variable || (IsAsync && Reply.Kind == MessageKind.None);

    /// <summary>The modes and the privilege as upstream's handler table packs them: bits 0 to 2, and bit 3.</summary>
    public int UpstreamFlags => (int)Modes | (IsPrivileged ? 8 : 0);

    /// <inheritdoc/>
    public override string ToString() => $"{(uint)Id} {Name}";

    private static string SnakeCase(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "_") + char.ToLowerInvariant(c) : c.ToString()));
}

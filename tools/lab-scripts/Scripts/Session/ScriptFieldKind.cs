namespace KernelSim.LabScripts;

/// <summary>The type of a field in a script line.</summary>
internal enum ScriptFieldKind
{
    /// <summary>A descriptor: a number, or a name that an earlier line assigned with <c>as</c>. An <see cref="int"/>.</summary>
    Descriptor,

    /// <summary>Bytes in hex, or null for a NULL pointer. A <see cref="byte"/> array.</summary>
    Bytes,

    /// <summary>A number of 32 bits. A <see cref="uint"/>.</summary>
    Number32,

    /// <summary>A processor of the machine. A <see cref="uint"/>.</summary>
    Processor,

    /// <summary>A number of 64 bits. A <see cref="ulong"/>.</summary>
    Number64,

    /// <summary>Microseconds of the machine's time, at most a year's. A <see cref="ulong"/>.</summary>
    Microseconds,

    /// <summary>Text, or null for a NULL pointer. A <see cref="string"/>.</summary>
    Text,

    /// <summary>A map type by its name, or an extension's own by its number. A <see cref="Protocol.BpfMapType"/>.</summary>
    MapType,

    /// <summary>Where a batch starts: <c>start</c> or <c>next</c>. A <see cref="bool"/>, true for <c>next</c>.</summary>
    Cursor,

    /// <summary>A name for the descriptor that the call returns. A <see cref="string"/>.</summary>
    NewName,

    /// <summary>One of the words that the field allows. A <see cref="string"/>.</summary>
    Word,

    /// <summary>An IP address. A <see cref="System.Net.IPAddress"/>.</summary>
    Address,

    /// <summary>A control code: a number, or text that <see cref="ControlCodeText"/> takes. An <see cref="Protocol.IoControlCode"/>.</summary>
    ControlCode,

    /// <summary>The name of an object that an earlier line loaded. A <see cref="string"/>.</summary>
    ObjectName,
}

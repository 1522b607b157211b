namespace KernelSim.Debugger.Targets;

/// <summary>An object or a structure of the target, read field by field.</summary>
/// <remarks>
/// Fields are named as they are compiled; those of base types count too. Each read throws <see cref="TargetReadException"/> for a field that the type
/// does not have, of another kind than is asked for, or in memory that cannot be read.
/// </remarks>
internal interface ITargetObject
{
    /// <summary>
    /// Where it is. A collection may move an object of a live process between two attachments; within its own process an object has a number
    /// that stands for its address.
    /// </summary>
    ulong Address { get; }

    /// <summary>The full name of its type, as <see cref="Type.FullName"/> has it for types that are not generic.</summary>
    string TypeName { get; }

    /// <summary>All its fields, those of base types first.</summary>
    IReadOnlyList<TargetField> Fields { get; }

    /// <summary>Whether its type or one of the base types has this full name.</summary>
    bool Is(string typeName);

    /// <summary>An integer, a bool, a char, an enum or a pointer, in 64 bits.</summary>
    long ReadInteger(string field);

    /// <summary>A string; null if the field is null.</summary>
    string? ReadString(string field);

    /// <summary>The object that the field refers to; null if it is null.</summary>
    ITargetObject? ReadObject(string field);

    /// <summary>The structure that the field holds.</summary>
    ITargetObject ReadStruct(string field);

    /// <summary>The one-dimensional array that the field refers to; null if it is null.</summary>
    ITargetArray? ReadArray(string field);

    /// <summary>The method that a delegate calls, <c>Type.Method</c>; null if the field is null or the method cannot be told.</summary>
    string? ReadMethod(string field);
}

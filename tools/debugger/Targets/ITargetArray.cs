namespace KernelSim.Debugger.Targets;

/// <summary>
/// A one-dimensional array of the target. An index outside of it, or memory that cannot be read, is a <see cref="TargetReadException"/>.
/// </summary>
internal interface ITargetArray
{
    /// <summary>Number of elements. A length that no array of a machine has is refused when the array is read.</summary>
    int Length { get; }

    /// <summary>An element that is an integer, a bool, a char, an enum or a pointer.</summary>
    long IntegerAt(int index);

    /// <summary>An element that is a string; null if it is null.</summary>
    string? StringAt(int index);

    /// <summary>The object that an element refers to; null if it is null.</summary>
    ITargetObject? ObjectAt(int index);

    /// <summary>An element that is a structure.</summary>
    ITargetObject StructAt(int index);
}

namespace KernelSim.LabScripts;

/// <summary>What the lines of a script have named so far.</summary>
internal interface IScriptNames
{
    /// <summary>The names of descriptors, in any order.</summary>
    IEnumerable<string> Descriptors { get; }

    /// <summary>The names of loaded objects, in any order.</summary>
    IEnumerable<string> LoadedObjects { get; }

    /// <summary>Finds the descriptor of a name.</summary>
    bool TryGetDescriptor(string name, out int descriptor);

    /// <summary>Whether an object has been loaded under a name.</summary>
    bool HasObject(string name);
}

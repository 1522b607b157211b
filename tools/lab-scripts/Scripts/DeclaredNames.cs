using System.Text.Json;

namespace KernelSim.LabScripts;

/// <summary>The names that the lines of a script declare, without running them: which objects of a module there are only a run tells.</summary>
internal sealed class DeclaredNames : IScriptNames
{
    private readonly HashSet<string> _descriptors = [];
    private readonly HashSet<string> _objects = [];

    /// <inheritdoc/>
    public IEnumerable<string> Descriptors => _descriptors;

    /// <inheritdoc/>
    public IEnumerable<string> LoadedObjects => _objects;

    /// <summary>Adds the name that a line gives, if it gives one.</summary>
    public void Add(ScriptCall call)
    {
        if (call.As is { } name)
        {
            (call.Op.Name == ScriptOpTable.ObjectLoad ? _objects : _descriptors).Add(name);
        }
    }

    /// <summary>
    /// Adds the name that an invalid line gives, as far as it can be read, both as a descriptor's and as an object's: one mistake is to be
    /// reported once.
    /// </summary>
    public void AddFromInvalid(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            if (document.RootElement is { ValueKind: JsonValueKind.Object } fields
                && fields.TryGetProperty("as", out JsonElement name)
                && name.ValueKind == JsonValueKind.String)
            {
                _descriptors.Add(name.GetString()!);
                _objects.Add(name.GetString()!);
            }
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // Not even JSON: it names nothing.
        }
    }

    /// <inheritdoc/>
    public bool TryGetDescriptor(string name, out int descriptor)
    {
        descriptor = 0;
        return _descriptors.Contains(name) || _objects.Any(o => name.StartsWith($"{o}.", StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    public bool HasObject(string name) => _objects.Contains(name);
}

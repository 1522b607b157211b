using System.Text.Json;

namespace KernelSim.Debugger.Output;

/// <summary>
/// A result on its way from one process to another, both of the same version: as <see cref="ResultJson"/>, with the kinds of the columns, so that
/// it can be read back.
/// </summary>
internal static class ResultWire
{
    private const string Error = "error";
    private const string AboutTarget = "about_target";
    private const string Members = "members";
    private const string Tables = "tables";
    private const string Notes = "notes";

    public static void Write(Utf8JsonWriter json, CommandResult result)
    {
        json.WriteStartObject();
        json.WriteString(Error, result.Error);
        json.WriteBoolean(AboutTarget, result.IsAboutTarget);
        json.WriteStartArray(Members);
        foreach ((Column column, object? value) in result.Members)
        {
            json.WriteStartArray();
            Write(json, column);
            column.Kind.Write(json, value);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteStartArray(Tables);
        foreach (ResultTable table in result.Tables)
        {
            Write(json, table);
        }

        json.WriteEndArray();
        json.WritePropertyName(Notes);
        ColumnKind.Texts.Write(json, result.Notes);
        json.WriteEndObject();
    }

    /// <summary>Reads a result.</summary>
    /// <param name="line">What <see cref="Write(Utf8JsonWriter, CommandResult)"/> wrote.</param>
    /// <param name="into">A result that is still empty.</param>
    /// <exception cref="JsonException">It is something else.</exception>
    public static void Read(string line, CommandResult into)
    {
        using JsonDocument document = JsonDocument.Parse(line);
        JsonElement json = document.RootElement;
        foreach (JsonElement member in json.GetProperty(Members).EnumerateArray())
        {
            Column column = ReadColumn(member, 0);
            into.Member(column, column.Kind.Read(member[2]));
        }

        foreach (JsonElement table in json.GetProperty(Tables).EnumerateArray())
        {
            ReadTable(table, into);
        }

        foreach (JsonElement note in json.GetProperty(Notes).EnumerateArray())
        {
            into.Note(note.GetString()!);
        }

        into.IsAboutTarget = json.GetProperty(AboutTarget).GetBoolean();
        if (json.GetProperty(Error).GetString() is { } error)
        {
            into.Fail(error);
        }
    }

    private static void Write(Utf8JsonWriter json, Column column)
    {
        json.WriteStringValue(column.Name);
        json.WriteNumberValue(ColumnKind.All.TakeWhile(k => k != column.Kind).Count());
    }

    private static Column ReadColumn(JsonElement array, int at) => new(array[at].GetString()!, ColumnKind.All[array[at + 1].GetInt32()]);

    private static void Write(Utf8JsonWriter json, ResultTable table)
    {
        // The name, the names and kinds of the columns, and the cells of each row.
        json.WriteStartArray();
        json.WriteStringValue(table.Name);
        json.WriteStartArray();
        foreach (Column column in table.Columns)
        {
            Write(json, column);
        }

        json.WriteEndArray();
        foreach (object?[] row in table.Rows)
        {
            json.WriteStartArray();
            for (int i = 0; i < row.Length; i++)
            {
                table.Columns[i].Kind.Write(json, row[i]);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    private static void ReadTable(JsonElement json, CommandResult into)
    {
        JsonElement head = json[1];
        Column[] columns = [.. Enumerable.Range(0, head.GetArrayLength() / 2).Select(i => ReadColumn(head, i * 2))];
        ResultTable table = into.NamedTable(json[0].GetString()!, columns);
        foreach (JsonElement row in json.EnumerateArray().Skip(2))
        {
            table.Add([.. row.EnumerateArray().Select((cell, i) => columns[i].Kind.Read(cell))]);
        }
    }
}

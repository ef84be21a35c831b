using System.Text.Json;

namespace VsgGym.Runs;

/// <summary>Reads a run's log from the disk while it grows; each watcher has its own, so none waits for another.</summary>
/// <param name="path">The log.</param>
/// <param name="from">The first event wanted, from 1.</param>
internal sealed class EventReader(string path, long from) : IDisposable
{
    private const int MostBytes = 1 << 20; // read at once

    private FileStream? _file;
    private byte[] _buffer = new byte[1 << 14];
    private long _offset;
    private long _next = Math.Max(1, from);

    /// <summary>Begins again at the start of the log, which was cut; events that were given are not given again.</summary>
    public void Restart() => _offset = 0;

    /// <summary>The next events, as many as a bounded read holds; none: there are no more for now.</summary>
    public IReadOnlyList<RunEvent> Read() => FileFaults.Guard(path, "cannot be read", () =>
    {
        _file ??= new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 0);
        List<RunEvent> events = [];
        while (events.Count == 0)
        {
            int whole = Fill();
            if (whole == 0) break;
            Parse(_buffer.AsMemory(0, whole), events);
            _offset += whole;
        }

        return events;
    });

    /// <inheritdoc/>
    public void Dispose() => _file?.Dispose();

    /// <summary>Fills the buffer from the offset on; gives the length of the whole lines in it.</summary>
    private int Fill()
    {
        while (true)
        {
            int read = RandomAccess.Read(_file!.SafeFileHandle, _buffer, _offset);
            int whole = _buffer.AsSpan(0, read).LastIndexOf((byte)'\n') + 1;
            if (whole > 0 || read < _buffer.Length) return whole;
            if (_buffer.Length >= MostBytes * 64) throw new IOException("a line has no end");
            Array.Resize(ref _buffer, 2 * _buffer.Length);
        }
    }

    private void Parse(ReadOnlyMemory<byte> lines, List<RunEvent> events)
    {
        while (!lines.IsEmpty)
        {
            int length = lines.Span.IndexOf((byte)'\n') + 1;
            RunEvent happened;
            try
            {
                happened = EventText.Read(lines[..length]);
            }
            catch (JsonException error)
            {
                throw FileFaults.Of(path, $"is damaged: {error.Message}", "damaged_file");
            }

            lines = lines[length..];
            if (happened.Sequence != _next) continue;
            events.Add(happened);
            _next++;
        }
    }
}

using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace TorchSharp.Utils;

/// <summary>A dictionary that keeps the order in which keys were added.</summary>
public class OrderedDict<TKey, TValue> : IEnumerable<(TKey, TValue)>
    where TKey : notnull
{
    private readonly List<(TKey Key, TValue Value)> list = [];
    private readonly Dictionary<TKey, int> places = [];

    public int Count => list.Count;

    public ICollection<TKey> Keys => [.. list.Select(entry => entry.Key)];

    public ICollection<TValue> Values => [.. list.Select(entry => entry.Value)];

    /// <summary>The value of a key; setting adds it at the end or replaces it in its place.</summary>
    public TValue this[TKey key]
    {
        get => list[places[key]].Value;
        set
        {
            if (places.TryGetValue(key, out int place)) list[place] = (key, value);
            else Add(key, value);
        }
    }

    /// <exception cref="ArgumentException">The key is there already.</exception>
    public void Add(TKey key, TValue value)
    {
        places.Add(key, list.Count);
        list.Add((key, value));
    }

    public bool ContainsKey(TKey key) => places.ContainsKey(key);

    public bool Remove(TKey key)
    {
        if (!places.Remove(key, out int place)) return false;
        list.RemoveAt(place);
        for (int i = place; i < list.Count; i++) places[list[i].Key] = i;
        return true;
    }

    public bool TryGetValue(TKey key, [MaybeNullWhen(false)] out TValue value)
    {
        bool found = places.TryGetValue(key, out int place);
        value = found ? list[place].Value : default;
        return found;
    }

    public void Clear() => clear();

    public void clear()
    {
        list.Clear();
        places.Clear();
    }

    public IEnumerator<(TKey, TValue)> items() => GetEnumerator();

    public IEnumerable<TKey> keys() => Keys;

    public IEnumerable<TValue> values() => Values;

    public IEnumerator<(TKey, TValue)> GetEnumerator()
    {
        foreach ((TKey key, TValue value) in list) yield return (key, value);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal bool TryAdd(TKey key, TValue value)
    {
        if (places.ContainsKey(key)) return false;
        Add(key, value);
        return true;
    }
}
